import { Star } from 'lucide-react';
import { cn } from '@/ui/cn';

/** One to five stars; pressing the one that is on takes them away. */
export function Stars({ value, onChange, label = 'Rating' }: { value: number | null; onChange: (stars: number) => void; label?: string }) {
  return (
    <div role="group" aria-label={label} className="flex">
      {[1, 2, 3, 4, 5].map((stars) => (
        <button
          key={stars}
          type="button"
          aria-label={stars === 1 ? '1 star' : `${stars} stars`}
          aria-pressed={value === stars}
          onClick={() => onChange(value === stars ? 0 : stars)}
          className="grid size-7 place-items-center rounded-m text-ink-3 hover:bg-raised hover:text-ink max-lg:size-11"
        >
          <Star className={cn('size-4', value !== null && stars <= value && 'fill-current text-warn')} />
        </button>
      ))}
    </div>
  );
}
