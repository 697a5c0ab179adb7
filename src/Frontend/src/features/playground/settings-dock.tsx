import { SlidersHorizontal } from 'lucide-react';
import type { ReactNode } from 'react';
import { useSwipeUp } from '@/ui/use-swipe-up';

/** The foot of the playground on a phone: the price and the button, and a handle that a press or a swipe up opens. */
export function SettingsDock({ onOpen, children }: { onOpen: () => void; children: ReactNode }) {
  const { offset, handlers } = useSwipeUp(onOpen);
  return (
    <aside
      aria-label="Price and settings"
      data-tour="price"
      {...handlers}
      style={{ touchAction: 'pan-x', ...(offset > 0 && { paddingBottom: 16 + Math.min(offset, 72) }) }}
      className="relative shrink-0 rounded-t-sheet border-t border-line-2 bg-popover px-4 pb-4 shadow-2 select-none"
    >
      <span aria-hidden="true" className="pointer-events-none absolute top-2 left-1/2 h-1.25 w-10 -translate-x-1/2 rounded-full bg-line-2" />
      <button type="button" onClick={onOpen} aria-haspopup="dialog" className="flex h-14 w-full items-center justify-center gap-2 pt-3 text-strong text-ink-2">
        <SlidersHorizontal className="size-4" />
        Models, settings and price
      </button>
      {children}
    </aside>
  );
}
