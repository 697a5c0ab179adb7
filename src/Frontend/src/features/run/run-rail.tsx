import { Info } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { late } from '@/ui/late';
import type { Pipeline, StepType } from '@/domain/api';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { ReceiptLine, stepFill } from '@/domain/costs/receipt';
import { count, grouped } from '@/domain/count';
import { countOrigins, providerName, type Origins } from '@/domain/outputs/origin';
import { statusWords } from '@/domain/pipelines/status';
import { Bar } from '@/ui/bar';
import { Button } from '@/ui/button';
import { Tag } from '@/ui/tag';
import { stepNouns, type RunView, type StepView } from './run-view';

const RunDetails = late(() => import('./run-details'), 'RunDetails');

const hatches: Record<StepType, string> = { prompt_enhance: 'hatch-ink', i2i: 'hatch-accent', i2v: 'hatch-video' };

const counted = new WeakMap<object, Origins>();

/** Who made what a step has, counted once for as long as it has the same. */
function originsOf({ step, items, prompts }: StepView): Origins {
  const list = step.step_type === 'prompt_enhance' ? prompts : items;
  let origins = counted.get(list);
  if (!origins) {
    origins = countOrigins(step.step_type === 'prompt_enhance' ? prompts.map((prompt) => ({ simulated: prompt.simulated ?? false, reused: prompt.reused ?? false, provider: prompt.provider ?? null, insteadOf: null })) : items);
    counted.set(list, origins);
  }
  return origins;
}

/** What on a line of the bill is not as anybody would expect. */
function wordsOf(view: StepView): string[] {
  const { simulated, reused, stoodIn } = originsOf(view);
  const isPrompts = view.step.step_type === 'prompt_enhance';
  return [
    ...(reused > 0 ? [`${grouped(reused)} from before, $0`] : []),
    ...[...stoodIn].map(([provider, many]) => `${grouped(many)} by ${providerName(provider)}, which stood in`),
    ...(simulated > 0 ? [`${simulated === view.done ? '' : `${grouped(simulated)} `}by the demo ${isPrompts ? 'writer' : 'renderer'}`] : []),
    ...(view.step.fallbacks ?? []).slice(0, 1).map(({ provider, unit_price }) => `${providerName(provider)} stands by at ${formatUnitPrice(unit_price)} each`),
  ];
}

/** The bill as it grows: what is spent, what may still come. */
export function RunRail({ pipeline, view, children }: { pipeline: Pipeline; view: RunView; children?: ReactNode }) {
  const [details, setDetails] = useState(false);
  const words = statusWords(pipeline);
  const over = ['completed', 'failed', 'cancelled'].includes(pipeline.status);
  const planned = Math.max(pipeline.cost_estimate, view.cost);
  const simulated = view.steps.some((step) => step.step.simulated || originsOf(step).simulated > 0);
  const parts = view.steps.flatMap(({ step, total, done, failed }) => {
    const spent = step.cost_actual;
    const toCome = over || total === 0 ? 0 : Math.max(0, step.cost_estimate * ((total - done - failed) / total));
    return [
      { share: planned === 0 ? 0 : spent / planned, fill: stepFill[step.step_type] },
      { share: planned === 0 ? 0 : toCome / planned, fill: hatches[step.step_type] },
    ];
  });
  return (
    <aside aria-label="This run" className="flex w-84 shrink-0 flex-col border-l border-line bg-panel max-2xl:w-76 max-lg:w-full max-lg:border-t max-lg:border-l-0">
      <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-5">
        <header className="flex items-center">
          <h2 className="text-head">This run</h2>
          <Tag tone={words.tone} className="ml-auto">
            {words.text}
          </Tag>
        </header>
        <div className="flex items-baseline">
          <b className="font-display text-[26px]/7.5 font-[620] tabular-nums tracking-[-.025em]" aria-label={`Cost so far ${formatMoney(view.cost)}`}>
            {formatMoney(view.cost)}
          </b>
          <span className="ml-auto text-small text-ink-2">of {formatMoney(pipeline.cost_estimate)} estimated</span>
        </div>
        <Bar className="h-2.5" parts={parts} />
        <ul className="flex flex-col gap-2.5">
          {view.steps.map((stepView) => {
            const { step, total, done, failed } = stepView;
            const { one } = stepNouns[step.step_type];
            const left = over ? 0 : Math.max(0, total - done - failed);
            return (
              <ReceiptLine
                key={step.id}
                step={step.step_type}
                label={count(done, one)}
                amount={formatMoney(step.cost_actual)}
                detail={[step.config.model, left > 0 && total > 0 && `${grouped(left)} to come, up to ${formatMoney(step.cost_estimate * (left / total))}`, ...wordsOf(stepView)].filter(Boolean).join(' · ') || undefined}
              />
            );
          })}
        </ul>
        {simulated && <p className="rounded-c bg-raised px-3 py-2 text-small text-ink-2">Made by the demo renderer. Prices are list prices; nothing is charged.</p>}
        {pipeline.budget_usd !== null && (
          <p className="flex text-small text-ink-3">
            Spend at most <span className="ml-auto text-ink-2">{formatMoney(pipeline.budget_usd)}</span>
          </p>
        )}
        <Button small className="self-start" onClick={() => setDetails(true)}>
          Details and timeline
        </Button>
        {pipeline.status === 'running' && (
          <p className="mt-auto flex gap-2.25 text-small text-ink-2 max-lg:hidden">
            <Info className="mt-px size-4 shrink-0 text-ink-3" />
            You can close this page. The run goes on and everything is kept.
          </p>
        )}
      </div>
      {details && (
        <Suspense>
          <RunDetails pipeline={pipeline} onClose={() => setDetails(false)} />
        </Suspense>
      )}
      {children && <div className="px-5 pt-2 pb-5 max-lg:sticky max-lg:bottom-0 max-lg:bg-panel max-lg:py-3">{children}</div>}
    </aside>
  );
}
