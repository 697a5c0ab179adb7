import { Check, ImageOff, Layers, Play, X } from 'lucide-react';
import { memo, useEffect, useRef, useState, type MouseEvent } from 'react';
import { thumbnailUrl } from '@/domain/assets/urls';
import { cn } from '@/ui/cn';
import { verdictWords, type ReviewEntry } from './review-model';
import type { ReviewStore } from './review-store';
import { StarRow } from './stars';
import { useEntry, useIsCurrent } from './use-review';

export const labelOf = (entry: ReviewEntry, place: string) => `${place}, ${verdictWords[entry.verdict].toLowerCase()}${entry.rating ? `, ${entry.rating} of 5 stars` : ''}`;

interface TileProps {
  store: ReviewStore;
  id: number;
  /** Where it stands, in words: `Photo 1, Golden hour, 2 of 2`. */
  place: string;
  width: number;
  height: number;
  /** How many lie under it. */
  more?: number;
  changed?: boolean;
  onOpen: (id: number) => void;
  /** It lies on top of a stack, which this opens. */
  onStack?: (id: number) => void;
}

/** By finger there is no double click: a tap goes to it, and another one opens it. */
const byFinger = ({ nativeEvent }: MouseEvent) => (nativeEvent as Partial<PointerEvent>).pointerType === 'touch';

/** One output of the set: ring and tick when picked, faded with a cross when rejected. */
export const Tile = memo(function Tile({ store, id, place, width, height, more = 0, changed, onOpen, onStack }: TileProps) {
  const entry = useEntry(store, id);
  const current = useIsCurrent(store, id);
  const button = useRef<HTMLButtonElement>(null);
  const [lost, setLost] = useState(false);
  useEffect(() => {
    // The focus follows the keys, unless somebody is somewhere else.
    if (current && (document.activeElement === document.body || document.activeElement?.closest('[data-tile],[data-stack]'))) button.current?.focus({ preventScroll: true });
  }, [current]);
  if (!entry) return null;
  const { verdict, rating } = entry;
  return (
    <span className="relative block shrink-0" style={{ width }}>
      <button
        ref={button}
        type="button"
        data-tile={id}
        tabIndex={current ? 0 : -1}
        aria-label={labelOf(entry, place)}
        aria-current={current || undefined}
        onFocus={() => store.go(id)}
        onClick={(event) => (current && byFinger(event) ? onOpen(id) : store.go(id))}
        onDoubleClick={() => onOpen(id)}
        style={{ height }}
        className={cn(
          'relative block w-full overflow-hidden rounded-m bg-well',
          verdict === 'pick' && 'ring-2 ring-accent-graph',
          current ? 'outline-2 outline-offset-3 outline-focus' : 'focus-visible:outline-offset-3',
        )}
      >
        {entry.assetId === null || lost ? (
          <ImageOff className="absolute inset-0 m-auto size-6 text-ink-3" aria-hidden="true" />
        ) : (
          <img src={thumbnailUrl(entry.assetId, width * 2 > 512 ? 1024 : undefined)} alt="" decoding="async" onError={() => setLost(true)} className={cn('size-full object-cover', verdict === 'reject' && 'opacity-25 grayscale')} />
        )}
        {verdict === 'pick' && (
          <span className="absolute top-1.5 left-1.5 grid size-5 place-items-center rounded-s bg-accent text-on-accent">
            <Check className="size-3.5" strokeWidth={3} />
          </span>
        )}
        {verdict === 'reject' && <X className="absolute inset-0 m-auto size-6 text-ink" strokeWidth={2.5} />}
        {entry.durationSec !== null && <Play className="absolute right-1.5 bottom-1.5 size-4 fill-white text-white" />}
        {entry.settled && more === 0 && <span className="absolute right-1.5 bottom-1.5 rounded-s bg-shade px-1.5 text-tiny font-semibold text-white">Sent on</span>}
        {changed && <span className="absolute top-1.5 right-1.5 rounded-s bg-warn-soft px-1.5 text-tiny text-warn">Changed</span>}
      </button>
      {onStack && (
        <span className="absolute right-1.5 bottom-6">
          <button
            type="button"
            data-stack={id}
            tabIndex={current ? 0 : -1}
            aria-label={`Open the stack: ${place}`}
            title="Open the stack"
            onClick={() => onStack(id)}
            className="flex h-6 items-center gap-1 rounded-s bg-shade px-1.5 text-tiny font-semibold text-white touch-target"
          >
            <Layers className="size-3" aria-hidden="true" />+{more}
          </button>
        </span>
      )}
      <span className={cn('mt-1 flex h-3.5 items-center text-tiny', rating ? 'text-warn' : 'text-ink-3')} aria-hidden="true">
        {rating ? <StarRow rating={rating} /> : verdictWords[verdict]}
      </span>
    </span>
  );
});
