import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, type ReactNode, type RefObject } from 'react';
import { gap } from './gallery';
import { columnsOf } from './layouts';

interface MasonryColumnsProps {
  /** Width over height of every place. */
  ratios: readonly number[];
  width: number;
  target: number;
  scroller: RefObject<HTMLElement | null>;
  top: RefObject<HTMLElement | null>;
  render: (slot: number, width: number) => ReactNode;
}

/** Columns of one width, each picture as tall as it is, always in the shortest column. */
export function MasonryColumns({ ratios, width, target, scroller, top, render }: MasonryColumnsProps) {
  const columns = columnsOf(width, target, gap);
  const heightOf = useCallback((slot: number) => columns.width / (ratios[slot] ?? 1) + gap, [ratios, columns.width]);
  // A new function for new ratios, though it says the same: their heights are not what they were.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const keyOf = useCallback((slot: number) => slot, [heightOf]);
  const virtual = useVirtualizer({
    count: ratios.length,
    lanes: columns.count,
    // Every height is known, so a column is chosen by what is in it now and not by what was once in its place.
    laneAssignmentMode: 'measured',
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    // In rows: it counts for each column.
    overscan: 2,
    scrollMargin: top.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });
  return (
    <div style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((one) => (
        <div
          key={one.key}
          className="absolute top-0 left-0"
          style={{ width: columns.width, height: one.size - gap, translate: `${one.lane * (columns.width + gap)}px ${one.start - virtual.options.scrollMargin}px` }}
        >
          {render(one.index, columns.width)}
        </div>
      ))}
    </div>
  );
}
