import { useQuery } from '@tanstack/react-query';
import { CircleHelp, ChevronUp, Keyboard } from 'lucide-react';
import { useState, useSyncExternalStore } from 'react';
import type { PipelineSummary } from '@/domain/api';
import { count } from '@/domain/count';
import { isActive, recentPipelinesQuery } from '@/domain/pipelines/queries';
import { RunRow } from '@/domain/pipelines/run-row';
import { about } from '@/domain/time';
import { Bar } from '@/ui/bar';
import { Button, IconButton } from '@/ui/button';
import { Popover } from '@/ui/popover';
import { Dot, Kbd } from '@/ui/tag';

function useOnline(): boolean {
  return useSyncExternalStore(
    (listener) => {
      window.addEventListener('online', listener);
      window.addEventListener('offline', listener);
      return () => {
        window.removeEventListener('online', listener);
        window.removeEventListener('offline', listener);
      };
    },
    () => navigator.onLine,
  );
}

/** The runs under way, added up. */
export function queueOf(pipelines: readonly PipelineSummary[]) {
  const active = pipelines.filter(isActive);
  const sum = (pick: (progress: PipelineSummary['progress']) => number) => active.reduce((total, pipeline) => total + pick(pipeline.progress), 0);
  const etas = active.map((pipeline) => pipeline.progress.eta_sec).filter((eta) => eta !== null);
  return { runs: active.length, done: sum((progress) => progress.succeeded), total: sum((progress) => progress.total), etaSec: etas.length > 0 ? Math.max(...etas) : null };
}

export function QueueFooter({ onShortcuts, onHelp }: { onShortcuts: () => void; onHelp: () => void }) {
  const { data = [] } = useQuery(recentPipelinesQuery);
  const [open, setOpen] = useState(false);
  const online = useOnline();
  const queue = queueOf(data);
  const waiting = data.filter((pipeline) => pipeline.status_reason === 'review').length;
  return (
    <footer className="relative z-10 flex h-10 items-center gap-4 border-t border-line bg-panel pr-3 pl-5 text-small text-ink-2 max-lg:hidden">
      <Popover
        label="Recent runs"
        side="top"
        open={open}
        onOpenChange={setOpen}
        className="max-h-105 w-105 overflow-y-auto p-1.5"
        trigger={
          <button type="button" className="-ml-2.5 flex h-7 items-center gap-3 rounded-[7px] px-2.5 hover:bg-raised">
            {queue.runs === 0 ? (
              <>
                <Dot tone={online ? 'good' : 'warn'} />
                <span>{online ? 'Nothing running' : 'Offline, showing what was loaded last'}</span>
              </>
            ) : (
              <>
                <Dot tone={online ? 'live' : 'warn'} />
                <b className="font-semibold text-ink tabular-nums">{`${queue.done.toLocaleString('en-US')}/${queue.total.toLocaleString('en-US')} done`}</b>
                <Bar className="w-35" parts={[{ share: queue.total === 0 ? 0 : queue.done / queue.total, fill: 'bg-video-graph' }]} />
                {queue.etaSec !== null && <span>{about(queue.etaSec)} left</span>}
              </>
            )}
            <ChevronUp className="size-3.5 text-ink-3" />
          </button>
        }
      >
        {data.length === 0 ? (
          <p className="p-3 text-ink-3">No runs yet. What you generate is listed here.</p>
        ) : (
          <ul onClickCapture={() => setOpen(false)}>
            {data.map((pipeline) => (
              <li key={pipeline.id}>
                <RunRow pipeline={pipeline} />
              </li>
            ))}
          </ul>
        )}
      </Popover>
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
