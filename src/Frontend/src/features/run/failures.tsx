import { useQuery } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { describeError } from '@/api/problem';
import type { FailureList, Pipeline } from '@/domain/api';
import { count } from '@/domain/count';
import { formatMoney } from '@/domain/costs/format-money';
import { failureListQuery } from '@/domain/pipelines/output-queries';
import { retryQuoteQuery, useRetry, type RetryScope } from '@/domain/pipelines/retry';
import type { LiveFailure } from '@/domain/progress/progress-reducer';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/states';
import { toast } from '@/ui/toast';
import { stepNouns, type RunView } from './run-view';

interface FailuresProps {
  pipeline: Pipeline;
  view: RunView;
  told: readonly LiveFailure[];
}

const shown = 6;
const refused = (error: unknown) => toast.bad('The retry did not start', describeError(error));

/** Another attempt with the most it may cost. What it starts costs no more than that. */
function RetryButton({ scope, failed, label, look }: { scope: RetryScope; failed: number; label: string; look?: 'ghost' }) {
  const quote = useQuery(retryQuoteQuery(scope, failed));
  const retry = useRetry(scope);
  const press = () => {
    if (quote.data) retry.mutate(quote.data.total, { onError: refused });
    else if (quote.isError) void quote.refetch().then(({ error }) => error && refused(error));
  };
  return (
    <Button small {...(look && { look })} busy={retry.isPending || quote.isPending} onClick={press}>
      {!look && <RotateCcw className="size-4" />}
      {label}
      {quote.data && ` · up to ${formatMoney(quote.data.total)}`}
    </Button>
  );
}

/** What failed and why, each reason once, with the way on and its price. */
export function Failures({ pipeline, view, told }: FailuresProps) {
  const failing = view.steps.filter((step) => step.failed > 0);
  const failed = failing.reduce((sum, step) => sum + step.failed, 0);
  const list = useQuery({ ...failureListQuery(pipeline.id, failed), enabled: failed > 0 }).data;
  if (failing.length === 0 && pipeline.status !== 'failed') return null;

  const title = failing.length === 0 ? 'The run failed' : `${failing.map(({ failed: many, step }) => count(many, stepNouns[step.step_type].one)).join(' and ')} failed`;
  const several = (list?.data.length ?? 0) > 1;
  return (
    <Notice
      title={title}
      action={
        pipeline.status !== 'cancelled' && <RetryButton scope={{ id: pipeline.id }} failed={failed} label={several ? 'Retry all failed' : 'Retry failed'} />
      }
    >
      {list && list.data.length > 0 ? (
        <ul className="flex flex-col gap-1.5">
          {list.data.slice(0, shown).map((reason) => (
            <Reason key={`${reason.step_id}-${reason.code}`} pipeline={pipeline} reason={reason} alone={!several} />
          ))}
        </ul>
      ) : (
        <Told view={view} told={told} />
      )}
      <p className="mt-0.5 text-ink-3">What failed costs nothing. A retry makes only these; what succeeded is kept.</p>
    </Notice>
  );
}

function Reason({ pipeline, reason, alone }: { pipeline: Pipeline; reason: FailureList['data'][number]; alone: boolean }) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <span className="min-w-50 flex-1">
        {!alone && <b className="font-[550] text-ink">{count(reason.outputs, stepNouns[reason.step_type].one)}: </b>}
        {reason.message}
        {reason.may_have_been_bought && <span className="text-warn"> May have been bought already; a retry buys it again.</span>}
      </span>
      {!alone && pipeline.status !== 'cancelled' && (
        <RetryButton scope={{ id: pipeline.id, of: { stepId: reason.step_id, code: reason.code } }} failed={reason.items} label="Retry these" look="ghost" />
      )}
    </li>
  );
}

/** What the feed and the steps told, until the list is there. */
function Told({ view, told }: { view: RunView; told: readonly LiveFailure[] }) {
  const reasons = new Map<string, number>();
  told.forEach((failure) => reasons.set(failure.message, (reasons.get(failure.message) ?? 0) + 1));
  if (reasons.size === 0) view.steps.forEach(({ step }) => step.error && reasons.set(step.error, 1));
  return (
    <ul>
      {[...reasons].slice(0, shown).map(([message, times]) => (
        <li key={message}>
          {message}
          {times > 1 && <span className="text-ink-3"> ({times} times)</span>}
        </li>
      ))}
    </ul>
  );
}
