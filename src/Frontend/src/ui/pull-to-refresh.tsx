import { RotateCw } from 'lucide-react';
import { useState, type RefObject } from 'react';
import { cn } from './cn';
import { usePullDown } from './use-pull-down';

const farEnough = 96;
// A refresh that is over before it is seen looks like none.
const shortest = 400;

interface PullToRefreshProps {
  /** What is pulled; nothing happens while something in it is scrolled. */
  target: RefObject<HTMLElement | null>;
  onRefresh: () => Promise<unknown>;
  enabled?: boolean;
}

/** Pulled down from its top, a page loads again what it shows. */
export function PullToRefresh({ target, onRefresh, enabled = true }: PullToRefreshProps) {
  const [busy, setBusy] = useState(false);
  const refresh = async () => {
    setBusy(true);
    await Promise.all([onRefresh().catch(() => undefined), new Promise((resolve) => setTimeout(resolve, shortest))]);
    setBusy(false);
  };
  const offset = usePullDown(target, { onPulled: () => void refresh(), enabled: enabled && !busy, farEnough });
  const share = Math.min(1, offset / farEnough);
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 top-14 z-30 grid justify-center">
      {(busy || offset > 0) && (
        <span
          className="mt-2 grid size-10 place-items-center rounded-full border border-line-2 bg-popover text-ink shadow-2"
          style={busy ? undefined : { opacity: share, transform: `translateY(${share * 24}px) rotate(${share * 270}deg)` }}
        >
          <RotateCw className={cn('size-4.5', busy && 'animate-spin', share === 1 && 'text-accent-ink')} />
          {busy && <span className="sr-only">Loading again</span>}
        </span>
      )}
    </div>
  );
}
