import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { count } from '@/domain/count';
import { paths } from '@/domain/paths';
import { recentPipelinesQuery } from '@/domain/pipelines/queries';
import { when } from '@/domain/time';
import { buttonClass } from '@/ui/button';

const mostShown = 6;

/** Runs that wait for somebody's review: what the number at the tab speaks of. */
export function WaitingRuns() {
  const waiting = (useQuery(recentPipelinesQuery).data ?? []).filter((run) => run.status_reason === 'review');
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="waiting" className="flex flex-col gap-3">
      <header className="flex items-center">
        <h2 id="waiting" className="flex-1 text-head">
          Waiting for your review
        </h2>
        <Link to={paths.jobs} search={{ status: 'waiting' } as never} className={buttonClass('ghost', true)}>
          All that wait
        </Link>
      </header>
      <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
        {waiting.slice(0, mostShown).map((run) => (
          <li key={run.id} className="relative rounded-card border border-warn-line bg-warn-soft p-4 hover:border-control">
            {run.current_step === null ? (
              <Link to={paths.run} params={{ id: String(run.id) }} className={linkClass}>
                {run.name || `Run ${run.id}`}
              </Link>
            ) : (
              <Link to={paths.review} params={{ id: String(run.id), stepId: String(run.current_step) }} className={linkClass}>
                {run.name || `Run ${run.id}`}
              </Link>
            )}
            <p className="mt-1 text-small text-ink-2">
              {count(run.progress.succeeded, 'output')} made · begun {when(run.created_at, new Date())}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}

const linkClass = 'text-head break-words after:absolute after:inset-0 after:rounded-card';
