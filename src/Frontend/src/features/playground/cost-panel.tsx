import type { Estimate, EstimateStep, StepType } from '@/domain/api';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { ReceiptLine, ReceiptTotal, stepFill } from '@/domain/costs/receipt';
import { count } from '@/domain/count';
import { Bar } from '@/ui/bar';
import { Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';

const labels: Record<StepType, string> = { prompt_enhance: 'Prompts', i2i: 'Images', i2v: 'Videos' };

/** The arithmetic of a line as the server did it: `30 images × $0.028`. */
export const arithmetic = (step: EstimateStep) => `${count(step.count, step.unit)} × ${formatUnitPrice(step.unit_price)}`;

interface CostPanelProps {
  estimate: Estimate | undefined;
  stale: boolean;
  waitingFor: string | null;
  simulated: boolean;
}

/** What the run costs, line by line, before anything is made. */
export function CostPanel({ estimate, stale, waitingFor, simulated }: CostPanelProps) {
  return (
    <section aria-label="Cost estimate" aria-busy={stale} className="flex flex-col gap-4">
      <header className="flex items-center">
        <h2 className="text-head">This run</h2>
        <Tag tone="dashed" className="ml-auto">
          Estimate
        </Tag>
      </header>
      {waitingFor !== null ? (
        <p className="text-ink-3">{waitingFor}</p>
      ) : estimate === undefined ? (
        <div className="flex flex-col gap-3">
          <Skeleton className="h-9" />
          <Skeleton className="h-9" />
          <Skeleton className="h-12" />
        </div>
      ) : (
        <>
          <ul className="flex flex-col gap-2.5">
            {estimate.steps.map((step) => (
              <ReceiptLine key={step.step_type} step={step.step_type} label={labels[step.step_type]} amount={formatMoney(step.amount)} detail={`${arithmetic(step)}${step.model ? ` · ${step.model}` : ''}`} faint={stale} />
            ))}
          </ul>
          <Bar parts={estimate.steps.map((step) => ({ share: estimate.total === 0 ? 0 : step.amount / estimate.total, fill: stepFill[step.step_type] }))} />
          <ReceiptTotal label="To pay, at most" amount={estimate.total_display} className={stale ? 'opacity-60' : ''} />
          <p aria-live="polite" className="sr-only">
            {stale ? '' : `Estimate ${estimate.total_display}`}
          </p>
        </>
      )}
      {simulated && estimate && waitingFor === null && (
        <p className="rounded-c bg-raised px-3 py-2 text-small text-ink-2">The demo renderer makes these. Prices are list prices; nothing is charged.</p>
      )}
      {waitingFor === null && estimate?.warnings.map((warning) => (
        <p key={warning} className="text-small text-warn">
          {warning}
        </p>
      ))}
    </section>
  );
}
