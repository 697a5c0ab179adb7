import { Spinner } from '@/ui/button';
import { Skeleton } from '@/ui/states';
import type { Waiting } from '@/domain/outputs/gallery';
import { thumbnailUrl } from '@/domain/assets/urls';
import type { StepView } from './run-view';

/** How many places a step still has to fill: what was planned, or what is there and was not read yet, without what is shown and what failed. */
export function waitingOf({ step, total, failed, items, fresh, unread }: StepView): number {
  const isOpen = step.status === 'running' || step.status === 'pending';
  return isOpen ? Math.max(0, total - failed - items.length - fresh.length) : Math.max(0, unread - fresh.length);
}

/** The places of what is still to come, all of them: the scrollbar is right from the start, and nothing moves when something arrives. */
export function waitingTiles(steps: readonly StepView[], sources: readonly number[]): Waiting | undefined {
  const waiting = steps.filter((step) => waitingOf(step) > 0);
  const count = waiting.reduce((sum, step) => sum + waitingOf(step), 0);
  const [first] = waiting;
  if (!first) return undefined;
  const { total, done, running, unread, ratio } = first;
  const perSource = Math.max(1, Math.round(total / Math.max(1, sources.length)));
  return {
    count,
    ratio,
    render: (index) =>
      index < unread ? <Skeleton className="size-full" /> : <WaitingTile source={sources[Math.min(sources.length - 1, Math.floor((done + index - unread) / perSource))]} making={index - unread < running} />,
  };
}

function WaitingTile({ source, making }: { source: number | undefined; making: boolean }) {
  return (
    <div className="relative size-full overflow-hidden rounded-m bg-well">
      {source !== undefined && <img src={thumbnailUrl(source, 256)} alt="" loading="lazy" className={making ? 'size-full object-cover opacity-50' : 'size-full object-cover opacity-25 grayscale'} />}
      {making ? (
        <span className="absolute inset-0 grid place-items-center text-white">
          <span className="flex items-center gap-2 rounded-full bg-shade px-3 py-1.5 text-small">
            <Spinner />
            Being made
          </span>
        </span>
      ) : (
        <span className="absolute bottom-1.75 left-1.75 rounded-s bg-shade px-1.5 py-0.5 text-tiny text-white">Waiting</span>
      )}
    </div>
  );
}
