import { useQuery } from '@tanstack/react-query';
import { Copy, Play, RotateCcw, Trash2, X } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/api/problem';
import type { PipelineSummary } from '@/domain/api';
import { count } from '@/domain/count';
import { formatMoney } from '@/domain/costs/format-money';
import { retryQuotesQuery, useCloneRuns, useDeleteRuns, useRetryRuns } from '@/domain/pipelines/history';
import { Button, IconButton } from '@/ui/button';
import { CheckRow } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { Notice, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';

type Asking = 'again' | 'retry' | 'delete' | null;
const over = ({ status }: PipelineSummary) => status === 'completed' || status === 'failed' || status === 'cancelled';

/** Tells what was done and what was not; by the promise, as the list may be read anew, and these actions gone, before the answer is heard. */
function tell(done: number, errors: readonly unknown[], words: { good: string; bad: string }): void {
  if (done > 0) toast.good(`${count(done, 'run')} ${words.good}`);
  if (errors.length > 0) toast.bad(`${count(errors.length, 'run')} ${words.bad}`, describeError(errors[0]));
}

/** What can be done with the runs that are ticked. */
export function HistoryActions({ runs, onClear }: { runs: readonly PipelineSummary[]; onClear: () => void }) {
  const [asking, setAsking] = useState<Asking>(null);
  const clone = useCloneRuns();
  const failed = runs.filter((run) => run.progress.failed > 0 && run.status !== 'cancelled');
  const deletable = runs.filter((run) => run.status !== 'running');
  const close = () => setAsking(null);
  const copy = () => void clone.mutateAsync({ ids: runs.map((run) => run.id), given: null }).then(({ done, errors }) => tell(done.length, errors, { good: 'copied, not started yet', bad: 'could not be copied' }));
  return (
    <div role="region" aria-label="Selected runs" className="sticky bottom-0 z-10 mx-auto flex flex-wrap items-center justify-center gap-1.5 rounded-card border border-line-2 bg-popover p-1.5 pl-3.5 shadow-2">
      <span className="text-label">{count(runs.length, 'run')}</span>
      <Button small look="ghost" onClick={() => setAsking('again')}>
        <Play className="size-4" />
        Run again
      </Button>
      <Button small look="ghost" busy={clone.isPending} onClick={copy}>
        <Copy className="size-4" />
        Clone
      </Button>
      {failed.length > 0 && (
        <Button small look="ghost" onClick={() => setAsking('retry')}>
          <RotateCcw className="size-4" />
          Retry failed
        </Button>
      )}
      {deletable.length > 0 && (
        <Button small look="ghostDanger" onClick={() => setAsking('delete')}>
          <Trash2 className="size-4" />
          Delete
        </Button>
      )}
      <IconButton small label="Clear the selection" onClick={onClear}>
        <X className="size-4" />
      </IconButton>
      <Dialog open={asking === 'again'} onClose={close} title={`Run ${count(runs.length, 'run')} again?`} className="w-[min(460px,calc(100vw-32px))]">
        <RunAgain runs={runs} onDone={() => (close(), onClear())} />
      </Dialog>
      <Dialog open={asking === 'retry'} onClose={close} title="Retry what failed?" className="w-[min(460px,calc(100vw-32px))]">
        <Retry runs={failed} onDone={() => (close(), onClear())} />
      </Dialog>
      <Dialog open={asking === 'delete'} onClose={close} title={`Delete ${count(deletable.length, 'run')}?`} className="w-[min(460px,calc(100vw-32px))]">
        <Delete runs={deletable} kept={runs.length - deletable.length} onKeep={close} onDone={() => (close(), onClear())} />
      </Dialog>
    </div>
  );
}

function RunAgain({ runs, onDone }: { runs: readonly PipelineSummary[]; onDone: () => void }) {
  const clone = useCloneRuns();
  const most = new Map(runs.map((run) => [run.id, run.cost_estimate]));
  const total = runs.reduce((sum, run) => sum + run.cost_estimate, 0);
  const simulated = runs.every((run) => run.simulated);
  const start = () =>
    void clone.mutateAsync({ ids: runs.map((run) => run.id), given: most }).then(({ done, errors }) => (tell(done.length, errors, { good: 'started again', bad: 'did not start' }), onDone()));
  return (
    <>
      <p className="text-ink-2">Each becomes a new run with the same pictures, prompts and settings. One that would cost more than its estimate is copied and not started.</p>
      {simulated && <p className="mt-2 text-small text-ink-3">Made by the demo renderer: list prices, nothing is charged.</p>}
      <Button look="primary" data-first-focus className="mt-5 w-full" busy={clone.isPending} onClick={start}>
        {`Run ${count(runs.length, 'run')} again · up to ${formatMoney(total)}`}
      </Button>
    </>
  );
}

function Retry({ runs, onDone }: { runs: readonly PipelineSummary[]; onDone: () => void }) {
  const retry = useRetryRuns();
  const ids = runs.map((run) => run.id);
  const quotes = useQuery(retryQuotesQuery(ids));
  if (quotes.isPending) return <Skeleton className="h-24" />;
  if (quotes.isError) return <Notice title="There is no price for it">{describeError(quotes.error)}</Notice>;
  const items = quotes.data.reduce((sum, quote) => sum + quote.items, 0);
  const bought = quotes.data.reduce((sum, quote) => sum + quote.may_have_been_bought, 0);
  const total = quotes.data.reduce((sum, quote) => sum + quote.total, 0);
  const most = new Map(quotes.data.map((quote, index) => [ids[index] ?? 0, quote.total]));
  const start = () => void retry.mutateAsync({ ids, given: most }).then(({ done, errors }) => (tell(done.length, errors, { good: 'retried', bad: 'did not start' }), onDone()));
  return (
    <>
      <p className="text-ink-2">
        {count(items, 'item')} of {count(runs.length, 'run')} get another attempt. What succeeded is kept and not paid again.
      </p>
      {bought > 0 && <Notice tone="warn" className="mt-3" title={`${count(bought, 'item')} may have been bought already`}>A retry buys these again.</Notice>}
      <Button look="primary" data-first-focus className="mt-5 w-full" busy={retry.isPending} onClick={start}>
        {`Retry ${count(items, 'item')} · up to ${formatMoney(total)}`}
      </Button>
    </>
  );
}

function Delete({ runs, kept, onKeep, onDone }: { runs: readonly PipelineSummary[]; kept: number; onKeep: () => void; onDone: () => void }) {
  const remove = useDeleteRuns();
  const [keepAssets, setKeepAssets] = useState(true);
  const confirm = () => void remove.mutateAsync({ ids: runs.map((run) => run.id), given: keepAssets }).then(({ done, errors }) => (tell(done.length, errors, { good: 'deleted', bad: 'kept' }), onDone()));
  return (
    <>
      <p className="text-ink-2">
        {runs.some((run) => !over(run)) ? 'What has not ended yet cannot go on afterwards. ' : ''}Runs that are deleted do not come back.
        {kept > 0 && ` ${count(kept, 'run')} still running ${kept === 1 ? 'stays' : 'stay'}.`}
      </p>
      <div className="mt-4">
        <CheckRow label="Keep their images and videos in the library" checked={keepAssets} onChange={setKeepAssets} />
      </div>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onKeep}>Keep</Button>
        <Button look="danger" busy={remove.isPending} onClick={confirm}>
          {keepAssets ? 'Delete' : 'Delete with all that was made'}
        </Button>
      </div>
    </>
  );
}
