import { describeError } from '@/api/problem';
import type { Pipeline } from '@/domain/api';
import { GoButton } from '@/domain/costs/go-button';
import { formatMoney } from '@/domain/costs/format-money';
import { useControlPipeline } from '@/domain/pipelines/control-pipeline';
import { toast } from '@/ui/toast';

/** A copy, or what a program set up: it waits to be started. */
export function RunPending({ pipeline }: { pipeline: Pipeline }) {
  const control = useControlPipeline(pipeline.id);
  return (
    <GoButton
      verb="Run"
      scope="Not started yet"
      price={formatMoney(pipeline.cost_estimate)}
      busy={control.isPending}
      onPress={() => control.mutate('run', { onError: (error) => toast.bad('The run did not start', describeError(error)) })}
    />
  );
}
