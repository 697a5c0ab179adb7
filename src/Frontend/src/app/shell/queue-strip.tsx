import { useQuery } from '@tanstack/react-query';
import { Link, useLocation } from '@tanstack/react-router';
import { ChevronRight } from 'lucide-react';
import { paths } from '@/domain/paths';
import { recentPipelinesQuery } from '@/domain/pipelines/queries';
import { Bar } from '@/ui/bar';
import { Dot } from '@/ui/tag';
import { doneWords, leftWords, queueOf } from './queue';

/** What the footer tells on a wide screen, for a narrow one: there while something runs, and not on that run's own page. */
export function QueueStrip() {
  const { data = [] } = useQuery(recentPipelinesQuery);
  const { pathname } = useLocation();
  const queue = queueOf(data);
  if (queue.first === null || pathname === paths.run.replace('$id', String(queue.first))) return null;
  return (
    <Link to={paths.run} params={{ id: String(queue.first) }} className="flex h-11 items-center gap-3 border-t border-line bg-panel px-4 text-small text-ink-2 lg:hidden">
      <Dot tone="live" />
      <b className="font-semibold text-ink tabular-nums">{doneWords(queue)}</b>
      <Bar className="w-16" parts={[{ share: queue.total === 0 ? 0 : queue.done / queue.total, fill: 'bg-video-graph' }]} />
      <span className="min-w-0 flex-1 truncate">{leftWords(queue)}</span>
      <ChevronRight className="size-4 text-ink-3" />
    </Link>
  );
}
