import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useRef, type ReactNode } from 'react';
import { IconButton } from '@/ui/button';
import { gap, type Cell } from './gallery';

interface CarouselProps {
  cells: readonly Cell[];
  width: number;
  render: (cell: Cell) => ReactNode;
}

const tallest = 460;

/** One line of large pictures to swipe, scroll or step through. */
export function Carousel({ cells, width, render }: CarouselProps) {
  const strip = useRef<HTMLDivElement>(null);
  const height = Math.min(tallest, width * 1.1);
  const widthOf = (index: number) => Math.min(width, height * (cells[index]?.ratio ?? 1));
  const virtual = useVirtualizer({
    horizontal: true,
    count: cells.length,
    getScrollElement: () => strip.current,
    estimateSize: (index) => widthOf(index) + gap,
    getItemKey: (index) => cells[index]?.key ?? index,
    overscan: 3,
    initialRect: { width: 1200, height: 900 },
  });
  const step = (by: number) => strip.current?.scrollBy({ left: by * width * 0.8, behavior: 'smooth' });
  return (
    <div className="relative">
      {/* A box that scrolls has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={strip} tabIndex={0} role="group" aria-label="Outputs, side by side" className="no-scrollbar overflow-x-auto overscroll-x-contain" style={{ height }}>
        <div className="relative h-full" style={{ width: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((one) => {
            const cell = cells[one.index];
            return (
              cell && (
                <div key={one.key} className="absolute top-0 left-0 h-full animate-settle" style={{ width: widthOf(one.index), translate: `${one.start}px 0` }}>
                  {render(cell)}
                </div>
              )
            );
          })}
        </div>
      </div>
      {virtual.getTotalSize() > width && (
        <div className="mt-2 flex justify-center gap-2">
          <IconButton label="Back along the line" onClick={() => step(-1)}>
            <ChevronLeft className="size-5" />
          </IconButton>
          <IconButton label="On along the line" onClick={() => step(1)}>
            <ChevronRight className="size-5" />
          </IconButton>
        </div>
      )}
    </div>
  );
}
