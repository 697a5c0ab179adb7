import { useQueries } from '@tanstack/react-query';
import { RotateCcw } from 'lucide-react';
import { describeError } from '@/api/problem';
import type { Pipeline } from '@/domain/api';
import { count } from '@/domain/count';
import { useControlPipeline } from '@/domain/pipelines/control-pipeline';
import { failuresQuery } from '@/domain/pipelines/output-queries';
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

/** What failed and why, each reason once, with the way on. */
export function Failures({ pipeline, view, told }: FailuresProps) {
  const control = useControlPipeline(pipeline.id);
  const failing = view.steps.filter((step) => step.failed > 0);
  const queries = useQueries({ queries: failing.map(({ step }) => ({ ...failuresQuery(pipeline.id, step.id), staleTime: 3_000 })) });
  if (failing.length === 0 && pipeline.status !== 'failed') return null;

  const reasons = new Map<string, number>();
  queries.forEach((query) => query.data?.forEach((item) => item.error && reasons.set(item.error.message, (reasons.get(item.error.message) ?? 0) + 1)));
  if (reasons.size === 0) told.forEach((failure) => reasons.set(failure.message, (reasons.get(failure.message) ?? 0) + 1));
  view.steps.forEach(({ step }) => {
    if (step.error && reasons.size === 0) reasons.set(step.error, 1);
  });
  const title = failing.length === 0 ? 'The run failed' : `${failing.map(({ failed, step }) => count(failed, stepNouns[step.step_type].one)).join(' and ')} failed`;
  return (
    <Notice
      title={title}
      action={
        pipeline.status !== 'cancelled' && (
          <Button small busy={control.isPending} onClick={() => control.mutate('retry', { onError: (error) => toast.bad('The retry did not start', describeError(error)) })}>
            <RotateCcw className="size-4" />
            Retry failed
          </Button>
        )
      }
    >
      <ul>
        {[...reasons].slice(0, 4).map(([message, times]) => (
          <li key={message}>
            {message}
            {times > 1 && <span className="text-ink-3"> ({times} times)</span>}
          </li>
        ))}
      </ul>
      <p className="mt-0.5 text-ink-3">What failed costs nothing. A retry makes only these; what succeeded is kept.</p>
    </Notice>
  );
}
