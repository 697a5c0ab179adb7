import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleHelp, ChevronUp, Keyboard } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useConnection } from '@/api/connection';
import { late } from '@/ui/late';
import { count } from '@/domain/count';
import { paths } from '@/domain/paths';
import { recentPipelinesQuery } from '@/domain/pipelines/queries';
import { Bar } from '@/ui/bar';
import { Button, IconButton } from '@/ui/button';
import { Popover } from '@/ui/popover';
import { Dot, Kbd } from '@/ui/tag';
import { doneWords, leftWords, queueOf } from './queue';

const RecentRuns = late(() => import('./recent-runs'), 'RecentRuns');

export function QueueFooter({ onShortcuts, onHelp }: { onShortcuts: () => void; onHelp: () => void }) {
  const { data = [] } = useQuery(recentPipelinesQuery);
  const [open, setOpen] = useState(false);
  const online = useConnection() === 'online';
  const queue = queueOf(data);
  const waiting = data.filter((pipeline) => pipeline.status_reason === 'review').length;
  return (
    <footer className="relative z-10 flex h-10 items-center gap-4 border-t border-line bg-panel pr-3 pl-5 text-small text-ink-2 max-lg:hidden">
      <div className="-ml-2.5 flex items-center">
        {queue.first === null ? (
          <span className="flex items-center gap-3 px-2.5">
            <Dot tone={online ? 'good' : 'warn'} />
            {online ? 'Nothing running' : 'Offline, showing what was loaded last'}
          </span>
        ) : (
          <Link to={paths.run} params={{ id: String(queue.first) }} title="Open the run" className="flex h-7 items-center gap-3 rounded-[7px] px-2.5 hover:bg-raised">
            <Dot tone={online ? 'live' : 'warn'} />
            <b className="font-semibold text-ink tabular-nums">{doneWords(queue)}</b>
            <Bar className="w-35" parts={[{ share: queue.total === 0 ? 0 : queue.done / queue.total, fill: 'bg-video-graph' }]} />
            {leftWords(queue) && <span>{leftWords(queue)}</span>}
          </Link>
        )}
        <Popover
          label="Recent runs"
          side="top"
          open={open}
          onOpenChange={setOpen}
          className="max-h-105 w-105 overflow-y-auto p-1.5"
          trigger={
            <IconButton small label="Recent runs">
              <ChevronUp className="size-3.5" />
            </IconButton>
          }
        >
          <Suspense>
            <RecentRuns runs={data} onOpen={() => setOpen(false)} />
          </Suspense>
        </Popover>
      </div>
      {waiting > 0 && (
        <span className="flex items-center gap-2">
          <Dot tone="warn" />
          {count(waiting, 'run')} {waiting === 1 ? 'waits' : 'wait'} for your review
        </span>
      )}
      <div className="ml-auto flex items-center gap-1">
        <Button look="ghost" small onClick={onShortcuts}>
          <Keyboard className="size-4" />
          Shortcuts <Kbd>?</Kbd>
        </Button>
        <IconButton small label="Help" onClick={onHelp} aria-haspopup="dialog">
          <CircleHelp className="size-4.5" />
        </IconButton>
      </div>
    </footer>
  );
}
