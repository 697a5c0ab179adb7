import { X } from 'lucide-react';
import { Button, IconButton } from '@/ui/button';

interface TourOfferProps {
  onTake: () => void;
  onDecline: () => void;
}

/** Quiet, at the foot of the page, until it is taken or declined. */
export function TourOffer({ onTake, onDecline }: TourOfferProps) {
  return (
    <section aria-label="A short tour" className="flex items-center gap-3 border-t border-line bg-panel py-1.5 pr-2 pl-5 max-lg:pl-4">
      <p className="min-w-0 flex-1 text-ink-2">
        <b className="font-[550] text-ink">New here?</b> Five steps lead to a first run.
      </p>
      <Button small onClick={onTake}>
        Take the tour
      </Button>
      <IconButton small label="No tour, thanks" onClick={onDecline}>
        <X className="size-4" />
      </IconButton>
    </section>
  );
}
