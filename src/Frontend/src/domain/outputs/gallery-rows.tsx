import { useVirtualizer } from '@tanstack/react-virtual';
import type { ReactNode, RefObject } from 'react';
import { gap, type Cell } from './gallery';
import type { Row } from './justify';

interface VirtualRowsProps {
  rows: readonly Row<Cell>[];
  scroller: RefObject<HTMLElement | null>;
  /** Where the gallery begins within what scrolls. */
  top: RefObject<HTMLElement | null>;
  render: (cell: Cell) => ReactNode;
}

export function VirtualRows({ rows, scroller, top, render }: VirtualRowsProps) {
  // React Compiler is not used here, so the virtualizer's own memoisation holds.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? 200) + gap,
    getItemKey: (index) => rows[index]?.tiles[0]?.item.key ?? index,
    overscan: 4,
    scrollMargin: top.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });
  return (
    <div style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((row) => (
        <div key={row.key} role="presentation" className="absolute inset-x-0 flex" style={{ gap, height: rows[row.index]?.height, transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}>
          {rows[row.index]?.tiles.map(({ item: cell, width }) => (
            <div key={cell.key} className="h-full shrink-0 animate-settle" style={{ width }}>
              {render(cell)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
