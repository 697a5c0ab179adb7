import { describeError, ProblemError } from '@/api/problem';
import type { Pipeline } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { GoButton } from '@/domain/costs/go-button';
import { ReceiptLine } from '@/domain/costs/receipt';
import { count } from '@/domain/count';
import { useApproveStep, useControlPipeline } from '@/domain/pipelines/control-pipeline';
import { toast } from '@/ui/toast';
import { selectedCount, toStepEdits, whatFollows, type Reviewed, type ReviewEdits } from './review-edits';
import { stepNouns, type RunView, type StepView } from './run-view';

interface ApproveProps {
  pipeline: Pipeline;
  view: RunView;
  review: StepView;
  outputs: readonly Reviewed[];
  edits: ReviewEdits;
  onApproved: () => void;
}

/** Sends on what was picked, and says what that will make and cost. */
export function Approve({ pipeline, view, review, outputs, edits, onApproved }: ApproveProps) {
  const approve = useApproveStep(pipeline.id);
  const picked = selectedCount(outputs, edits);
  const later = view.steps.map(({ step }) => step).filter((step) => step.step_order > review.step.step_order);
  const follows = whatFollows(picked, outputs.length, later);
  const next = follows[0];
  // Approval pays up to the next stop, wherever that is.
  const stop = pipeline.mode === 'manual' ? 0 : follows.findIndex((step) => pipeline.checkpoints.includes(step.stepType)) + 1 || follows.length;
  const now = follows.slice(0, stop).reduce((sum, step) => sum + step.cost, 0);
  const noun = stepNouns[review.step.step_type].one;
  const press = () => {
    if (picked === 0) return;
    approve.mutate(
      { stepId: review.step.id, version: review.step.version, edits: toStepEdits(outputs, edits) },
      {
        onSuccess: onApproved,
        onError: (error) =>
          error instanceof ProblemError && error.status === 412
            ? toast.bad('Somebody else changed this review', 'It was loaded again with your edits on top. Look once more, then approve.')
            : toast.bad('The approval did not go through', describeError(error)),
      },
    );
  };
  return (
    <div className="flex flex-col gap-3">
      {follows.length > 0 && (
        <ul className="flex flex-col gap-2">
          {follows.map((step) => (
            <ReceiptLine key={step.stepType} step={step.stepType} label={`${count(step.count, stepNouns[step.stepType].one)} to make`} amount={formatMoney(step.cost)} />
          ))}
        </ul>
      )}
      <GoButton
        verb="Approve"
        scope={picked === 0 ? `Pick at least one ${noun}` : next ? `${count(picked, noun)} ${picked === 1 ? 'goes' : 'go'} on` : `Keep ${count(picked, noun)} and finish`}
        price={picked > 0 && now > 0 ? formatMoney(now) : null}
        blocked={picked === 0}
        busy={approve.isPending}
        onPress={press}
      />
    </div>
  );
}

/** Manual mode between two steps: the next one waits to be started. */
export function RunNextStep({ pipeline, view }: { pipeline: Pipeline; view: RunView }) {
  const control = useControlPipeline(pipeline.id);
  const next = view.steps.find(({ step }) => step.status === 'pending');
  if (!next) return null;
  return (
    <GoButton
      verb="Run next step"
      scope={count(next.total, stepNouns[next.step.step_type].one)}
      price={formatMoney(next.step.cost_estimate)}
      busy={control.isPending}
      onPress={() => control.mutate('run', { onError: (error) => toast.bad('The step did not start', describeError(error)) })}
    />
  );
}
