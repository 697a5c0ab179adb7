import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { useWidth } from '@/ui/use-size';
import { tileHeight } from './light-table';
import type { ReviewStore } from './review-store';
import { Tile } from './tile';

const gap = 12;

interface TileGridProps {
  store: ReviewStore;
  ids: readonly number[];
  at: number | null;
  ratio: number;
  changed: ReadonlySet<number>;
  onOpen: (id: number) => void;
  /** Tells how many stand side by side, for the keys. */
  onColumns: (columns: number) => void;
}

/** All that pass the filter, in the order of the plan. */
export const TileGrid = memo(function TileGrid({ store, ids, at, ratio, changed, onOpen, onColumns }: TileGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const [inner, width] = useWidth<HTMLDivElement>();
  const least = Math.min(240, Math.max(96, tileHeight * ratio));
  const columns = Math.max(1, Math.floor(((width || 1000) + gap) / (least + gap)));
  const tileWidth = Math.floor(((width || 1000) - gap * (columns - 1)) / columns);
  const height = Math.round(Math.min(260, tileWidth / ratio));
  useEffect(() => onColumns(columns), [columns, onColumns]);
  const rows = useVirtualizer({ count: Math.ceil(ids.length / columns), getScrollElement: () => scroller.current, estimateSize: () => height + 30, overscan: 3, initialRect: { width: 1200, height: 900 } });
  useEffect(() => rows.measure(), [rows, height]);
  useEffect(() => {
    const place = at === null ? -1 : ids.indexOf(at);
    if (place >= 0) rows.scrollToIndex(Math.floor(place / columns), { align: 'auto' });
    // What moves is the one at hand; the list scrolls for nothing else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, columns]);
  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto rounded-card border border-line bg-surface p-4" role="group" aria-label="Grid" tabIndex={-1}>
      <div ref={inner} className="relative" style={{ height: rows.getTotalSize() }}>
        {rows.getVirtualItems().map((row) => (
          <div key={row.key} className="absolute inset-x-0 flex" style={{ gap, transform: `translateY(${row.start}px)` }}>
            {ids.slice(row.index * columns, (row.index + 1) * columns).map((id, nth) => (
              <Tile key={id} store={store} id={id} place={`Output ${row.index * columns + nth + 1}`} width={tileWidth} height={height} changed={changed.has(id)} onOpen={onOpen} />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
});
