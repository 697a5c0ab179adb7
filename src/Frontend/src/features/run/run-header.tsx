import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Download, Pause, Play, RotateCcw, SlidersHorizontal, Square } from 'lucide-react';
import { api } from '@/api/client';
import { describeError } from '@/api/problem';
import type { Asset, Pipeline } from '@/domain/api';
import { downloadFile } from '@/domain/assets/download';
import { count, grouped } from '@/domain/count';
import { draftStore } from '@/domain/draft/draft-store';
import { draftFromPipeline } from '@/domain/draft/from-pipeline';
import { withAllPrompts } from '@/domain/draft/with-all-prompts';
import { formatMoney } from '@/domain/costs/format-money';
import { paths } from '@/domain/paths';
import { useControlPipeline, useRunAgain, type Control } from '@/domain/pipelines/control-pipeline';
import { statusWords } from '@/domain/pipelines/status';
import type { FeedState } from '@/domain/progress/progress-feed';
import { about, span } from '@/domain/time';
import { Button } from '@/ui/button';
import { Dot, Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';
import type { RunView } from './run-view';

const failures: Record<Control, string> = { run: 'The run did not go on', pause: 'The run was not paused', cancel: 'The run was not cancelled', retry: 'The retry did not start' };

function useModifyAndRun() {
  const navigate = useNavigate();
  return async (pipeline: Pipeline) => {
    const ids = pipeline.inputs.images.flatMap((input) => ('asset_id' in input ? [input.asset_id] : []));
    const assets = await Promise.all(ids.slice(0, 24).map((id) => api.get<Asset>(`/assets/${id}`).catch(() => null)));
    const names = new Map(assets.filter((asset) => asset !== null).map((asset) => [asset.id, asset.name]));
    const before = draftStore.get();
    const whole = await withAllPrompts(pipeline);
    draftStore.set(() => draftFromPipeline(whole, (id, index) => names.get(id) ?? `Photo ${index + 1}`));
    toast.good('Set up as it was', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
    void navigate({ to: paths.playground });
  };
}

interface RunHeaderProps {
  pipeline: Pipeline;
  view: RunView;
  feed: FeedState;
  /** Something is selected: what is done with that comes first. */
  selecting: boolean;
}

export function RunHeader({ pipeline, view, feed, selecting }: RunHeaderProps) {
  const navigate = useNavigate();
  const control = useControlPipeline(pipeline.id);
  const again = useRunAgain();
  const modify = useModifyAndRun();
  const words = statusWords(pipeline);
  // The service says first which provider it is, and until when.
  const awaited = pipeline.status_reason === 'provider' ? pipeline.warnings?.find((warning) => /^(Waiting for|Paused)/.test(warning)) : undefined;
  const { status } = pipeline;
  const back = pipeline.run_group_id ? 'Runs that were started together' : 'All runs';
  const over = status === 'completed' || status === 'failed' || status === 'cancelled';
  const files = view.steps.reduce((sum, step) => sum + step.items.length, 0);
  const act = (what: Control) => control.mutate(what, { onError: (error) => toast.bad(failures[what], describeError(error)) });
  const runAgain = () =>
    again.mutate({ id: pipeline.id, most: pipeline.cost_estimate }, {
      onSuccess: (copy) => void navigate({ to: paths.run, params: { id: String(copy.id) } }),
      onError: (error) => toast.bad('The run did not start again', describeError(error)),
    });

  return (
    <header className="flex min-h-9.5 items-center gap-x-3 gap-y-2 max-xl:flex-wrap">
      <Link to={paths.jobs} {...(pipeline.run_group_id && { search: { group: pipeline.run_group_id } as never })} aria-label={back} title={back} className="-ml-1 grid size-8.5 shrink-0 place-items-center rounded-c text-ink-2 hover:bg-raised hover:text-ink touch-target">
        <ArrowLeft className="size-4.5" />
      </Link>
      <h1 className="min-w-0 truncate text-title max-lg:max-w-[60vw]" title={pipeline.name}>
        {pipeline.name || `Run ${pipeline.id}`}
      </h1>
      <Tag tone={words.tone}>
        {words.tone === 'video' && <Dot tone="live" />}
        {words.text}
      </Tag>
      <span className="shrink-0 text-small text-ink-2 tabular-nums">
        {over
          ? `${count(view.done, 'output')} · ${formatMoney(view.cost)}${pipeline.started_at && pipeline.finished_at ? ` · ${span(pipeline.started_at, pipeline.finished_at)}` : ''}`
          : `${grouped(view.done)} of ${grouped(view.total)} done${view.etaSec === null ? '' : ` · ${about(view.etaSec)} left`}`}
      </span>
      {!over && view.done === 0 && pipeline.queue && pipeline.queue.ahead > 0 && (
        <span className="text-small text-ink-2">
          {count(pipeline.queue.ahead, 'output')} ahead of it{pipeline.queue.wait_sec === null ? '' : `, ${about(pipeline.queue.wait_sec)} to wait`}
        </span>
      )}
      {awaited && <span className="text-small text-warn">{awaited}</span>}
      {feed === 'reconnecting' && !over && <span className="text-small text-warn">Reconnecting. The run goes on.</span>}
      <div className="ml-auto flex shrink-0 flex-wrap items-center gap-2 max-lg:ml-0 max-lg:w-full">
        {status === 'running' && (
          <Button small busy={control.isPending && control.variables === 'pause'} onClick={() => act('pause')} title="What is being made is finished; nothing new starts">
            <Pause className="size-4" />
            Pause
          </Button>
        )}
        {status === 'paused' && pipeline.status_reason !== 'review' && !(pipeline.mode === 'manual' && pipeline.status_reason === 'user') && (
          <Button small look="primary" busy={control.isPending && control.variables === 'run'} onClick={() => act('run')}>
            <Play className="size-4" />
            Resume
          </Button>
        )}
        {!over && status !== 'pending' && (
          <Button small look="ghost" busy={control.isPending && control.variables === 'cancel'} onClick={() => act('cancel')}>
            <Square className="size-3.5" />
            Cancel the rest
          </Button>
        )}
        {over && (
          <>
            <Button small look="ghost" onClick={() => void modify(pipeline)}>
              <SlidersHorizontal className="size-4" />
              Modify and run
            </Button>
            <Button small busy={again.isPending} onClick={runAgain}>
              <RotateCcw className="size-4" />
              Run again <span className="font-normal text-ink-2">{formatMoney(pipeline.cost_estimate)}</span>
            </Button>
          </>
        )}
        {over && files > 0 && (
          <Button small look={status === 'completed' && !selecting ? 'primary' : 'normal'} onClick={() => downloadFile(`/pipelines/${pipeline.id}/download`, `${pipeline.name || `run-${pipeline.id}`}.zip`)}>
            <Download className="size-4" />
            Download all <span className="font-normal opacity-80">{count(files, 'file')}</span>
          </Button>
        )}
      </div>
    </header>
  );
}
