import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { cn } from '@/ui/cn';
import { BigPicture, warm } from './big-picture';
import { verdictWords, type ReviewEntry, type Verdict } from './review-model';
import { StarButtons } from './stars';

/** Pixels after which letting go counts. */
const farEnough = 84;

type Pull = 'pick' | 'reject' | 'rate' | null;

/** Which way a card was thrown. Pure. */
export function pullOf(x: number, y: number): Pull {
  if (-y > farEnough && -y > Math.abs(x)) return 'rate';
  if (x > farEnough && x > Math.abs(y)) return 'pick';
  if (-x > farEnough && -x > Math.abs(y)) return 'reject';
  return null;
}

interface CardViewProps {
  entry: ReviewEntry;
  next: readonly (ReviewEntry | undefined)[];
  place: string;
  onJudge: (verdict: Verdict) => void;
  onRate: (rating: number) => void;
}

/** One card at a time: to the right picks, to the left rejects, up rates. The bar below does the same. */
export function CardView({ entry, next, place, onJudge, onRate }: CardViewProps) {
  const start = useRef<{ id: number; x: number; y: number } | null>(null);
  const [at, setAt] = useState({ x: 0, y: 0 });
  const [rating, setRating] = useState(false);
  const pull = pullOf(at.x, at.y);
  useEffect(() => warm(next), [next]);
  useEffect(() => setRating(false), [entry.id]);
  const moved = (event: PointerEvent) => (start.current?.id === event.pointerId ? { x: event.clientX - start.current.x, y: Math.min(0, event.clientY - start.current.y) } : null);
  const end = (event: PointerEvent) => {
    const far = moved(event);
    start.current = null;
    setAt({ x: 0, y: 0 });
    const thrown = far && pullOf(far.x, far.y);
    if (thrown === 'rate') setRating(true);
    else if (thrown) onJudge(thrown);
  };
  const still = at.x === 0 && at.y === 0;
  return (
    <div className="flex min-h-0 flex-1 flex-col">
      <div
        role="group"
        aria-label={`${place}, ${verdictWords[entry.verdict].toLowerCase()}`}
        className={cn('relative min-h-0 flex-1 touch-none overflow-hidden rounded-card border bg-well select-none', entry.verdict === 'pick' ? 'border-accent-graph' : 'border-line', still && 'transition-transform')}
        style={still ? undefined : { transform: `translate(${at.x}px, ${at.y}px) rotate(${at.x / 40}deg)` }}
        data-testid="card"
        onPointerDown={(event) => {
          if (event.isPrimary === false) return;
          start.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
          event.currentTarget.setPointerCapture?.(event.pointerId);
        }}
        onPointerMove={(event) => {
          const far = moved(event);
          if (far) setAt(far);
        }}
        onPointerUp={end}
        onPointerCancel={() => {
          start.current = null;
          setAt({ x: 0, y: 0 });
        }}
      >
        <BigPicture entry={entry} label={entry.promptLabel || 'Output'} className="pointer-events-none absolute inset-0" />
        <span className="absolute top-2 left-2 rounded-s bg-shade px-2 py-0.5 text-small text-white tabular-nums">{place}</span>
        <span className="absolute top-2 right-2 rounded-s bg-shade px-2 py-0.5 text-small text-white">{verdictWords[entry.verdict]}</span>
        {pull && (
          <span aria-hidden="true" className={cn('absolute inset-x-0 top-1/3 mx-auto w-fit rounded-c px-4 py-2 text-head', pull === 'pick' ? 'bg-accent text-on-accent' : pull === 'reject' ? 'bg-danger-fill text-white' : 'bg-warn-soft text-warn')}>
            {pull === 'pick' ? 'Pick' : pull === 'reject' ? 'Reject' : 'Rate'}
          </span>
        )}
        {rating && (
          <div className="absolute inset-x-4 bottom-4 flex flex-col items-center gap-1 rounded-card bg-popover p-3 shadow-2" onPointerDown={(event) => event.stopPropagation()}>
            <span className="text-label text-ink-2">How good is it?</span>
            <StarButtons large rating={entry.rating} onRate={onRate} />
          </div>
        )}
      </div>
    </div>
  );
}
