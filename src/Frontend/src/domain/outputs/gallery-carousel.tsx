import { useVirtualizer } from '@tanstack/react-virtual';
import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useCallback, useRef, type ReactNode } from 'react';
import { IconButton } from '@/ui/button';
import { gap } from './gallery';

interface CarouselProps {
  /** Width over height of every place. */
  ratios: readonly number[];
  width: number;
  render: (slot: number, width: number) => ReactNode;
}

const tallest = 460;

/** One line of large pictures to swipe, scroll or step through. */
export function Carousel({ ratios, width, render }: CarouselProps) {
  const strip = useRef<HTMLDivElement>(null);
  const height = Math.min(tallest, width * 1.1);
  const widthOf = useCallback((slot: number) => Math.min(width, height * (ratios[slot] ?? 1)) + gap, [ratios, width, height]);
  // A new function for new ratios, though it says the same: their widths are not what they were.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const keyOf = useCallback((slot: number) => slot, [widthOf]);
  const virtual = useVirtualizer({
    horizontal: true,
    count: ratios.length,
    getScrollElement: () => strip.current,
    estimateSize: widthOf,
    getItemKey: keyOf,
    overscan: 3,
    initialRect: { width: 1200, height: 900 },
  });
  const step = (by: number) => strip.current?.scrollBy({ left: by * width * 0.8, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  return (
    <div className="relative">
      {/* A box that scrolls has to be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={strip} tabIndex={0} role="group" aria-label="Outputs, side by side" className="no-scrollbar overflow-x-auto overscroll-x-contain" style={{ height }}>
        <div className="relative h-full" style={{ width: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((one) => (
            <div key={one.key} className="absolute top-0 left-0 h-full" style={{ width: one.size - gap, translate: `${one.start}px 0` }}>
              {render(one.index, one.size - gap)}
            </div>
          ))}
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
