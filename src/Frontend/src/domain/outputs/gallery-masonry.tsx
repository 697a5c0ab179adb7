import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import { gap, type Cell } from './gallery';
import { columnsOf } from './layouts';

interface MasonryColumnsProps {
  cells: readonly Cell[];
  width: number;
  target: number;
  scroller: RefObject<HTMLElement | null>;
  top: RefObject<HTMLElement | null>;
  render: (cell: Cell) => ReactNode;
}

/** Columns of one width, each picture as tall as it is, always in the shortest column. */
export function MasonryColumns({ cells, width, target, scroller, top, render }: MasonryColumnsProps) {
  const columns = columnsOf(width, target, gap);
  const heightOf = (index: number) => columns.width / (cells[index]?.ratio ?? 1);
  const virtual = useVirtualizer({
    count: cells.length,
    lanes: columns.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heightOf(index) + gap,
    getItemKey: (index) => cells[index]?.key ?? index,
    overscan: 3 * columns.count,
    scrollMargin: top.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });
  return (
    <div style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((one) => {
        const cell = cells[one.index];
        return (
          cell && (
            <div
              key={one.key}
              className="absolute top-0 left-0 animate-settle"
              style={{ width: columns.width, height: heightOf(one.index), translate: `${one.lane * (columns.width + gap)}px ${one.start - virtual.options.scrollMargin}px` }}
            >
              {render(cell)}
            </div>
          )
        );
      })}
    </div>
  );
}
