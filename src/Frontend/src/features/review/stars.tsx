import { Star } from 'lucide-react';
import { cn } from '@/ui/cn';

/** A rating, read only, in the colour of the words it stands among. */
export function StarRow({ rating }: { rating: number }) {
  return (
    <span className="flex gap-0.5" aria-hidden="true">
      {Array.from({ length: rating }, (_, at) => (
        <Star key={at} className="size-2.5 fill-current" strokeWidth={0} />
      ))}
    </span>
  );
}

/** Five stars to press; the one that is set takes the rating back. */
export function StarButtons({ rating, onRate, large }: { rating: number | null; onRate: (rating: number) => void; large?: boolean }) {
  return (
    <div role="group" aria-label="Rating" className="flex">
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={stars === 1 ? '1 star' : `${stars} stars`}
          aria-pressed={rating === stars}
          onClick={() => onRate(rating === stars ? 0 : stars)}
          className={cn('grid place-items-center rounded-s hover:bg-raised touch-target', large ? 'size-11' : 'size-7 max-lg:size-11', stars <= (rating ?? 0) ? 'text-warn' : 'text-ink-off')}
        >
          <Star className={large ? 'size-6 fill-current' : 'size-4.5 fill-current'} strokeWidth={0} />
        </button>
      ))}
    </div>
  );
}
