import type { Onward, Step, StepType } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { GoButton } from '@/domain/costs/go-button';
import { ReceiptLine } from '@/domain/costs/receipt';
import { cn } from '@/ui/cn';
import { goesOn, leavesOut, type Counts } from './review-model';

export const nounOf: Record<StepType, 'prompt' | 'image' | 'video'> = { prompt_enhance: 'prompt', i2i: 'image', i2v: 'video' };

interface OnwardPanelProps {
  step: Step;
  counts: Counts;
  onward: Onward | undefined;
  /** The price belongs to what was said before the last moment. */
  stale: boolean;
  busy: boolean;
  running: boolean;
  /** Each pick goes on by itself; the button sends on the rest. */
  rolling: boolean;
  onApprove: () => void;
}

/** What was paid, what follows for what goes on, and the one button that sends it on. */
export function OnwardPanel({ step, counts, onward, stale, busy, running, rolling, onApprove }: OnwardPanelProps) {
  const noun = nounOf[step.step_type];
  const many = rolling ? counts.waiting : goesOn(counts);
  // All is judged, and something went on: nothing is left but to end it.
  const ends = rolling && many === 0 && counts.pick + counts.sent > 0;
  const left = !rolling && leavesOut(counts) ? counts.waiting : 0;
  const next = onward?.steps[0];
  const more = onward ? onward.if_all.total - onward.total : 0;
  const saved = onward ? onward.if_none_were_rejected.total - onward.total : 0;
  const words = rolling ? 'Picks go on by themselves; this sends on the rest' : [left > 0 && `${grouped(left)} not judged ${left === 1 ? 'is' : 'are'} left out`, !leavesOut(counts) && many > 0 && 'Everything that is not rejected'].filter(Boolean).join(' · ');
  return (
    <section aria-label="What follows" className="flex flex-col gap-3">
      <ul className={cn('flex flex-col gap-2 transition-opacity max-lg:hidden', stale && 'opacity-60')}>
        <ReceiptLine step={step.step_type} label="Already paid" amount={formatMoney(step.cost_actual)} detail={`${count(counts.all, noun)} × ${formatUnitPrice(step.unit_price)}`} />
        {onward?.steps.map((line) => (
          <ReceiptLine key={line.step_id} step={line.step_type} label="What follows" amount={line.amount_display} detail={`${count(line.count, line.unit)} × ${formatUnitPrice(line.unit_price)}${line.model ? `, ${line.model}` : ''}${line.simulated ? ', demo renderer' : ''}`} />
        ))}
        {left > 0 && more > 0 && next && <ReceiptLine faint step={next.step_type} label={`If you pick the other ${grouped(left)}`} amount={`+${formatMoney(more)}`} />}
      </ul>
      {saved > 0 && onward && (
        <p className={cn('flex rounded-m bg-success-soft px-3 py-2 text-small text-success max-lg:hidden', stale && 'opacity-60')}>
          Choosing first saves
          <b className="ml-auto tabular-nums">
            {formatMoney(saved)} of {onward.if_none_were_rejected.total_display}
          </b>
        </p>
      )}
      <GoButton
        verb={running ? 'Still being made' : ends ? 'End the review' : next ? `Make ${stale ? `${next.unit}s of ${count(many, noun)}` : count(next.count, next.unit)}` : `Keep ${count(many, noun)} and finish`}
        scope={running ? (rolling ? 'Picks go on meanwhile; the rest can when all are there' : 'Judge on; approve when all are there') : ends ? 'All is judged, and what was picked has gone on' : many === 0 ? (rolling ? 'All are rejected: take one back, or redo them' : `Pick at least one ${noun}`) : words || `${count(many, noun)} ${many === 1 ? 'goes' : 'go'} on`}
        price={onward && onward.total > 0 && many > 0 ? (onward.now > 0 ? onward.now_display : onward.total_display) : null}
        stale={stale}
        blocked={(many === 0 && !ends) || running}
        busy={busy}
        onPress={() => (many > 0 || ends) && !running && onApprove()}
      />
    </section>
  );
}
