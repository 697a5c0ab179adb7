import { LayoutTemplate } from 'lucide-react';
import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import type { Estimate, EstimateStep, StepType } from '@/domain/api';
import type { Limit } from '@/domain/costs/budget';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { ReceiptLine, ReceiptTotal, stepFill } from '@/domain/costs/receipt';
import { useLimits } from '@/domain/costs/use-limits';
import { count } from '@/domain/count';
import { buildPipeline } from '@/domain/draft/build-request';
import { draftStore } from '@/domain/draft/draft-store';
import { useModels } from '@/domain/models/list-models';
import { providerName } from '@/domain/outputs/origin';
import { Bar } from '@/ui/bar';
import { Button } from '@/ui/button';

const SaveTemplate = late(() => import('@/domain/templates/save-template'), 'SaveTemplate');

const labels: Record<StepType, string> = { prompt_enhance: 'Prompts', i2i: 'Images', i2v: 'Videos' };

/** The arithmetic of a line as the server did it: `30 images × $0.028`. */
export const arithmetic = (step: EstimateStep) => `${count(step.count, step.unit)} × ${formatUnitPrice(step.unit_price)}`;

interface CostTreeProps {
  estimate: Estimate;
  stale: boolean;
  simulated: boolean;
}

/** The run as a tree: each step with its model and arithmetic, the whole, and what the budget leaves. */
export function CostTree({ estimate, stale, simulated }: CostTreeProps) {
  const models = useModels().data;
  const limits = useLimits(estimate);
  const [saving, setSaving] = useState(false);
  const request = saving && models ? buildPipeline(draftStore.get(), models) : null;
  return (
    <>
      <ul className="flex flex-col gap-2.5">
        {estimate.steps.map((step) => (
          <ReceiptLine
            key={step.step_type}
            step={step.step_type}
            label={labels[step.step_type]}
            amount={formatMoney(step.amount)}
            detail={
              <>
                {step.model && <span className="block truncate text-ink-2">{models?.find(({ id }) => id === step.model)?.name ?? step.model}</span>}
                {arithmetic(step)}
                {step.fallbacks?.[0] && <span className="block">{`${providerName(step.fallbacks[0].provider)} stands by at ${formatUnitPrice(step.fallbacks[0].unit_price)} each`}</span>}
              </>
            }
            faint={stale}
          />
        ))}
      </ul>
      <Bar parts={estimate.steps.map((step) => ({ share: estimate.total === 0 ? 0 : step.amount / estimate.total, fill: stepFill[step.step_type] }))} />
      <ReceiptTotal label="To pay, at most" amount={estimate.total_display} className={stale ? 'opacity-60' : ''} />
      <p aria-live="polite" className="sr-only">
        {stale ? '' : `Estimate ${estimate.total_display}`}
      </p>
      {limits.map((limit) => (
        <BudgetLeft key={limit.which} limit={limit} />
      ))}
      {simulated && <p className="rounded-c bg-raised px-3 py-2 text-small text-ink-2">The demo renderer makes these. Prices are list prices; nothing is charged.</p>}
      {estimate.warnings.map((warning) => (
        <p key={warning} className="text-small text-warn">
          {warning}
        </p>
      ))}
      <Button look="ghost" small className="self-start" onClick={() => setSaving(true)}>
        <LayoutTemplate className="size-4" />
        Save as template
      </Button>
      {request && (
        <Suspense>
          <SaveTemplate name={request.name} pipelines={[request]} onClose={() => setSaving(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What a limit leaves after this run, or how far the run goes past it and what to do about that. */
function BudgetLeft({ limit: { which, limit, left, takes, over } }: { limit: Limit }) {
  const used = limit - left;
  const raised = Math.ceil(takes);
  return (
    <div className="flex flex-col gap-1.5">
      <p className="flex items-baseline text-small">
        <span className="text-ink-3">{which === 'run' ? 'Budget of this run' : 'Budget of this month'}</span>
        <span className={`ml-auto tabular-nums ${over ? 'font-semibold text-warn' : 'text-ink-2'}`}>{over ? `${formatMoney(takes - left)} over` : `${formatMoney(left - takes)} of ${formatMoney(limit)} left`}</span>
      </p>
      <Bar
        parts={[
          { share: limit === 0 ? 0 : used / limit, fill: 'bg-ink-3' },
          { share: limit === 0 ? 1 : takes / limit, fill: over ? 'bg-danger-fill' : 'bg-accent-graph' },
        ]}
      />
      {over && (
        <div className="rounded-c border border-warn-line bg-warn-soft px-3 py-2 text-small text-ink-2">
          <p>
            {left > 0 ? `It pauses before it would pass ${formatMoney(left)}; what is made by then is kept.` : 'It would pause before anything is made.'}{' '}
            {which === 'run' ? 'Raise the budget, or make fewer or cheaper outputs.' : 'Make fewer or cheaper outputs, or ask whoever runs this installation for a higher limit.'}
          </p>
          {which === 'run' && (
            <Button small className="mt-2" onClick={() => draftStore.patch({ budget: raised })}>
              Raise it to {formatMoney(raised)}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}
