import type { Onward, Pipeline, Step } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { cn } from '@/ui/cn';
import { nounOf } from './onward-panel';
import type { Counts } from './review-model';

interface FiguresProps {
  run: Pipeline;
  step: Step;
  counts: Counts;
  onward: Onward | undefined;
  rolling: boolean;
}

interface Cell {
  head: string;
  figure: number;
  words: string;
}

/** How a review stands, as figures: what was made, what is judged, what has gone on and what comes of it. Pure. */
export function figuresOf({ run, step, counts, onward, rolling }: FiguresProps): Cell[] {
  const noun = nounOf[step.step_type];
  const made: Cell = { head: `${noun[0]?.toUpperCase()}${noun.slice(1)}s made`, figure: counts.all, words: `${formatMoney(step.cost_actual)} paid` };
  const next = onward?.steps[0];
  const rest: Cell[] = next ? [{ head: rolling ? 'If the rest goes on' : 'To make', figure: next.count, words: `${next.unit}s, ${next.model ?? ''} at ${formatUnitPrice(next.unit_price)}` }] : [];
  if (!rolling) {
    return [made, { head: 'Picked', figure: counts.pick, words: `of ${grouped(counts.all)}` }, { head: 'Not yet judged', figure: counts.unset, words: `${grouped(counts.reject)} rejected` }, ...rest];
  }
  const later = run.steps.find((candidate) => candidate.step_order > step.step_order && candidate.status !== 'skipped');
  return [
    made,
    { head: 'Gone on', figure: counts.sent, words: counts.going > 0 ? `${grouped(counts.going)} in a moment` : later ? `${count(later.progress.succeeded, nounOf[later.step_type])} made` : '' },
    { head: 'Waiting', figure: counts.waiting, words: `${grouped(counts.reject)} rejected` },
    ...rest,
  ];
}

export function Figures(props: FiguresProps) {
  return (
    <dl aria-label={`${count(props.counts.all, nounOf[props.step.step_type])} in review`} className="grid auto-cols-fr grid-flow-col rounded-card border border-line bg-surface max-lg:grid-flow-row max-lg:grid-cols-2">
      {figuresOf(props).map(({ head, figure, words }, at) => (
        <div key={head} className={cn('min-w-0 px-4 py-2', at > 0 && 'border-l border-line')}>
          <dt className="text-small text-ink-2">{head}</dt>
          <dd className="flex items-baseline gap-2">
            <span className="text-figure tabular-nums">{grouped(figure)}</span>
            <span className="truncate text-small text-ink-2">{words}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
