import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, type ReactNode, type RefObject } from 'react';
import { gap } from './gallery';
import type { Lines } from './layouts';

interface VirtualRowsProps {
  lines: Lines;
  scroller: RefObject<HTMLElement | null>;
  /** Where the gallery begins within what scrolls. */
  top: RefObject<HTMLElement | null>;
  render: (slot: number, width: number) => ReactNode;
}

export function VirtualRows({ lines, scroller, top, render }: VirtualRowsProps) {
  // The virtualizer measures anew when these change, which is when the lines do: never because of a render alone.
  const heightOf = useCallback((line: number) => lines.heightOf(line) + gap, [lines]);
  // A new function for new lines, though it says the same: their heights are not what they were.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const keyOf = useCallback((line: number) => line, [lines]);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan: 2,
    scrollMargin: top.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });
  return (
    <div style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((row) => (
        <div key={row.key} role="presentation" className="absolute inset-x-0 flex" style={{ gap, height: lines.heightOf(row.index), transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}>
          {lines.placesOf(row.index).map(({ slot, width }) => (
            <div key={slot} className="h-full shrink-0" style={{ width }}>
              {render(slot, width)}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
