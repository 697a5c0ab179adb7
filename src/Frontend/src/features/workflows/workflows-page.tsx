import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { describeError } from '@/api/problem';
import type { PipelineSummary } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { paths } from '@/domain/paths';
import { pipelineListQuery } from '@/domain/pipelines/queries';
import { statusWords } from '@/domain/pipelines/status';
import { when } from '@/domain/time';
import { Bar } from '@/ui/bar';
import { Button, buttonClass } from '@/ui/button';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { useTitle } from '@/ui/use-title';

const modeWords = { auto: 'Automatic', checkpoint: 'Checkpoints', manual: 'Manual' };

export function WorkflowsPage() {
  useTitle('Runs');
  const query = useInfiniteQuery({ ...pipelineListQuery, refetchInterval: 5_000 });
  const runs = query.data?.pages.flatMap((page) => page.data) ?? [];
  return (
    <main className="flex min-w-0 flex-1 flex-col gap-5 overflow-y-auto px-7 py-5 max-lg:px-4">
      <header className="flex items-center">
        <h1 className="text-title">Runs</h1>
        <Link to={paths.playground} className={`${buttonClass('primary', true)} ml-auto`}>
          New run
        </Link>
      </header>
      {query.isPending ? (
        <div role="status" aria-label="Loading the runs" className="flex flex-col gap-2">
          {Array.from({ length: 6 }, (_, index) => (
            <Skeleton key={index} className="h-14" />
          ))}
        </div>
      ) : query.isError ? (
        <LoadError title="The runs did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : runs.length === 0 ? (
        <Empty title="No runs yet" action={<Link to={paths.playground} className={buttonClass('primary')}>Open the playground</Link>}>
          Every run is listed here with what it made and what it cost.
        </Empty>
      ) : (
        <>
          <ul className="overflow-hidden rounded-card border border-line bg-surface">
            {runs.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </ul>
          {query.hasNextPage && (
            <Button className="self-center" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      )}
    </main>
  );
}

function Row({ run }: { run: PipelineSummary }) {
  const words = statusWords(run);
  const { progress } = run;
  const share = (n: number) => (progress.total === 0 ? 0 : n / progress.total);
  return (
    <li className="border-line not-first:border-t">
      <Link
        to={paths.run}
        params={{ id: String(run.id) }}
        className="grid min-h-14 grid-cols-[minmax(0,1fr)_200px_140px_90px_90px] items-center gap-4 px-4 py-2 hover:bg-raised max-xl:grid-cols-[minmax(0,1fr)_180px_80px] max-lg:grid-cols-[minmax(0,1fr)_auto]"
      >
        <span className="min-w-0">
          <span className="block truncate text-strong">{run.name || `Run ${run.id}`}</span>
          <span className="block truncate text-small text-ink-3">
            {modeWords[run.mode]} · {when(run.created_at, new Date())}
          </span>
        </span>
        <span className="max-lg:text-right">
          <Tag tone={words.tone}>{words.text}</Tag>
        </span>
        <span className="flex items-center gap-2.5 max-xl:hidden">
          <Bar
            className="flex-1"
            parts={[
              { share: share(progress.succeeded), fill: 'bg-video-graph' },
              { share: share(progress.failed), fill: 'bg-danger-fill' },
            ]}
          />
        </span>
        <span className="text-right text-small text-ink-2 max-xl:hidden">
          {progress.succeeded}/{progress.total}
        </span>
        <span className="text-right text-strong max-lg:hidden">{formatMoney(run.cost_actual)}</span>
      </Link>
    </li>
  );
}
