import { Spinner } from '@/ui/button';
import type { Placeholder } from '@/domain/outputs/gallery';
import { parseRatio } from '@/domain/outputs/gallery-item';
import type { StepView } from './run-view';

const mostShown = 60;

/** The places of what is still to come, so that nothing moves when it arrives. */
export function waitingTiles(view: StepView, sources: readonly number[]): Placeholder[] {
  if (view.step.status !== 'running' && view.step.status !== 'pending') return [];
  const left = Math.min(mostShown, Math.max(0, view.total - view.done - view.failed));
  const ratio = view.items[0]?.ratio ?? parseRatio(view.step.config.aspect_ratio) ?? 1.5;
  const perSource = Math.max(1, Math.round(view.total / Math.max(1, sources.length)));
  return Array.from({ length: left }, (_, index) => {
    const source = sources[Math.min(sources.length - 1, Math.floor((view.done + index) / perSource))];
    const making = index < view.running;
    return {
      key: `waiting-${view.step.id}-${index}`,
      ratio,
      content: (
        <div className="relative size-full overflow-hidden rounded-m bg-well">
          {source !== undefined && <img src={`/assets/${source}/thumbnail?w=256`} alt="" loading="lazy" className={making ? 'size-full scale-110 object-cover opacity-60 blur-md' : 'size-full object-cover opacity-25 grayscale'} />}
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
      ),
    };
  });
}
