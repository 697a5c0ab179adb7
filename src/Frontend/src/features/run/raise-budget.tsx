import { useId, useState, type FormEvent } from 'react';
import { describeError } from '@/api/problem';
import type { Pipeline } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { budgetToEnd, useRaiseBudget } from '@/domain/pipelines/raise-budget';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';
import { toast } from '@/ui/toast';

/** Shown when a run stopped before it would pass its own budget, or the workspace's of the month. */
export function RaiseBudget({ pipeline }: { pipeline: Pipeline }) {
  const id = useId();
  const needed = budgetToEnd(pipeline);
  const [text, setText] = useState(needed.toFixed(2));
  const raise = useRaiseBudget(pipeline);
  const amount = Number(text);
  const { budget_usd: budget, cost_actual: spent } = pipeline;
  if (budget === null || budget >= needed) {
    return <p className="text-small text-ink-2">The workspace has spent what it may this month. The rest of this run waits: ask whoever runs this installation for more, then resume.</p>;
  }
  const enough = Number.isFinite(amount) && amount > budget;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (enough) raise.mutate(amount, { onError: (error) => toast.bad('The budget was not raised', describeError(error)) });
  };
  return (
    <form onSubmit={submit} className="flex flex-col gap-2">
      <p className="text-small text-ink-2">
        It stopped before it would pass {formatMoney(budget)}; {formatMoney(spent)} is spent. What was made is kept. The whole run takes up to {formatMoney(needed)}.
      </p>
      <label htmlFor={id} className="text-label text-ink-2">
        Spend at most, in US dollars
      </label>
      <div className="flex gap-2">
        <input id={id} inputMode="decimal" value={text} onChange={(event) => setText(event.target.value)} aria-invalid={!enough} aria-describedby={enough ? undefined : `${id}-error`} className={inputClass} />
        <Button type="submit" look="primary" busy={raise.isPending} disabled={!enough} className="max-lg:h-11">
          Raise and go on
        </Button>
      </div>
      {!enough && (
        <p id={`${id}-error`} className="text-small text-danger">
          More than {formatMoney(budget)}, please.
        </p>
      )}
    </form>
  );
}
