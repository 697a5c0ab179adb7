import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { describeError } from '@/api/problem';
import { reviewSetQuery } from '@/domain/review/review-set';
import { LoadError, Skeleton } from '@/ui/states';
import { useTitle } from '@/ui/use-title';
import { Review } from './review';

/** The set of one step, to be judged. */
export function ReviewPage() {
  const { id, stepId } = useParams({ strict: false }) as { id: string; stepId: string };
  const place = { pipelineId: Number(id), stepId: Number(stepId) };
  const set = useQuery(reviewSetQuery(place));
  useTitle('Review');
  if (set.isPending) {
    return (
      <main className="flex min-w-0 flex-1 flex-col gap-4 p-6" role="status" aria-label="Loading the review">
        <Skeleton className="h-9 w-80" />
        <Skeleton className="h-14" />
        <Skeleton className="min-h-0 flex-1" />
      </main>
    );
  }
  if (!set.data) {
    return (
      <main className="flex flex-1">
        <LoadError title="This review did not load" message={describeError(set.error)} onRetry={() => void set.refetch()} />
      </main>
    );
  }
  // Another set is another page: nothing of the last one stays.
  return <Review key={`${id}-${stepId}`} place={place} />;
}
