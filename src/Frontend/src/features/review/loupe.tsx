import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { IconButton } from '@/ui/button';
import { BigPicture, warm } from './big-picture';
import type { ReviewStore } from './review-store';
import { Tile } from './tile';

interface LoupeProps {
  store: ReviewStore;
  ids: readonly number[];
  at: number | null;
  ratio: number;
  changed: ReadonlySet<number>;
  onStep: (by: number) => void;
  onOpen: (id: number) => void;
}

const stripHeight = 64;

/** One of the set as large as there is room, and its neighbours in a strip. */
export function Loupe({ store, ids, at, ratio, changed, onStep, onOpen }: LoupeProps) {
  const strip = useRef<HTMLDivElement>(null);
  const place = at === null ? -1 : ids.indexOf(at);
  const entry = at === null ? undefined : store.get(at);
  const tileWidth = Math.round(Math.min(110, Math.max(40, stripHeight * ratio)));
  const tiles = useVirtualizer({ horizontal: true, count: ids.length, getScrollElement: () => strip.current, estimateSize: () => tileWidth + 8, overscan: 4, initialRect: { width: 1000, height: 90 } });
  useEffect(() => {
    if (place < 0) return;
    tiles.scrollToIndex(place, { align: 'center' });
    warm([1, 2, -1, 3].map((by) => store.get(ids[place + by] ?? -1)));
    // What moves is the one at hand; the list scrolls for nothing else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [place]);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div className="relative min-h-0 flex-1 overflow-hidden rounded-card border border-line bg-well">
        {entry && <BigPicture entry={entry} label={entry.promptLabel || 'Output'} lens className="absolute inset-0" />}
        <IconButton label="Previous" onClick={() => onStep(-1)} className="absolute top-1/2 left-2 -translate-y-1/2 bg-shade text-white">
          <ChevronLeft className="size-5" />
        </IconButton>
        <IconButton label="Next" onClick={() => onStep(1)} className="absolute top-1/2 right-2 -translate-y-1/2 bg-shade text-white">
          <ChevronRight className="size-5" />
        </IconButton>
        <span className="absolute top-2 right-2 rounded-s bg-shade px-2 py-0.5 text-small text-white tabular-nums">
          {place + 1} / {ids.length}
        </span>
      </div>
      <div ref={strip} className="h-25 shrink-0 overflow-x-auto overflow-y-hidden px-1 pt-1.5" role="group" aria-label="Filmstrip" tabIndex={-1}>
        <div className="relative h-full" style={{ width: tiles.getTotalSize() }}>
          {tiles.getVirtualItems().map((tile) => (
            <div key={tile.key} className="absolute top-0" style={{ left: tile.start }}>
              <Tile store={store} id={ids[tile.index] as number} place={`Output ${tile.index + 1}`} width={tileWidth} height={stripHeight} changed={changed.has(ids[tile.index] as number)} onOpen={onOpen} />
            </div>
          ))}
        </div>
      </div>
    </div>
  );
}
