import { useParams } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { Gallery } from '@/domain/outputs/gallery';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { LayoutSwitch } from '@/domain/outputs/gallery-layout';
import { Lightbox } from '@/domain/outputs/lightbox';
import { SelectionBar } from '@/domain/outputs/selection-bar';
import { Chips } from '@/ui/radio-group';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { useHotkey } from '@/ui/use-hotkey';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { Approve, RunNextStep } from './approve';
import { Failures } from './failures';
import { useOutputActions } from './output-actions';
import { PromptList } from './prompt-list';
import { PromptReview } from './prompt-review';
import { isSelected, noEdits, type ReviewEdits } from './review-edits';
import { RunHeader } from './run-header';
import { RunRail } from './run-rail';
import { defaultFilter, stepNouns, type Filter, type RunView } from './run-view';
import { StepCells } from './step-cells';
import { useRun } from './use-run';
import { waitingTiles } from './waiting-tiles';

export function RunPage() {
  const { id } = useParams({ strict: false });
  // A new run is a new page: nothing of the last one stays.
  return <Run key={id} id={Number(id)} />;
}

function announce(view: RunView): string {
  if (view.total === 0) return '';
  const quarter = Math.floor((view.done / view.total) * 4) * 25;
  return quarter > 0 ? `${quarter} percent done` : '';
}

function Run({ id }: { id: number }) {
  const { pipeline, view, live, feed, outputs } = useRun(id);
  useTitle(view && pipeline.data ? `${view.status === 'running' ? `${Math.floor((100 * view.done) / Math.max(1, view.total))} % · ` : ''}${pipeline.data.name || `Run ${id}`}` : 'Run');
  const [chosen, setChosen] = useState<Filter | null>(null);
  const [open, setOpen] = useState<number | null>(null);
  const [edits, setEdits] = useState<ReviewEdits>(noEdits);
  const narrow = useIsNarrow();
  const page = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLElement>(null);
  const actions = useOutputActions(id);
  const filter = chosen ?? (view ? defaultFilter(view) : 'all');
  const shown = useMemo(() => view?.steps.filter(({ step }) => step.step_type !== 'prompt_enhance' && (filter === 'all' || step.step_type === filter)) ?? [], [view, filter]);
  const items = useMemo(() => shown.flatMap((step) => step.items), [shown]);
  const sources = useMemo(() => pipeline.data?.inputs.images.flatMap((input) => ('asset_id' in input ? [input.asset_id] : [])) ?? [], [pipeline.data]);
  const waiting = useMemo(() => (view?.status === 'cancelled' || view?.status === 'failed' ? [] : shown.flatMap((step) => waitingTiles(step, sources))), [view?.status, shown, sources]);

  const [picked, setPicked] = useState<ReadonlySet<string>>(new Set());
  const marked = useMemo(() => items.filter((item) => picked.has(item.key)), [items, picked]);
  const mark = (item: GalleryItem, pick: boolean) =>
    setPicked((before) => {
      const after = new Set(before);
      if (pick) after.add(item.key);
      else after.delete(item.key);
      return after;
    });

  const reviewId = view?.review?.step.id;
  useEffect(() => {
    setEdits(noEdits);
    setChosen(null);
  }, [reviewId]);

  const reviewed = useMemo(() => (reviewId === undefined ? [] : (outputs[reviewId] ?? view?.review?.step.outputs ?? [])), [reviewId, outputs, view]);
  const reviewing = view?.review !== undefined && (filter === view.review.step.step_type || filter === 'all');
  const selected = useMemo(() => new Set(reviewed.filter((output) => isSelected(output, edits)).map((output) => `output-${output.id}`)), [reviewed, edits]);
  const choose = (outputId: number | null, pick: boolean) => outputId !== null && setEdits((before) => ({ ...before, selected: { ...before.selected, [outputId]: pick } }));
  const atHand = open === null ? undefined : items[open];
  useKeys(reviewing && atHand ? (pick) => choose(atHand.outputId, pick) : null);

  if (pipeline.isPending) return <RunSkeleton />;
  if (!pipeline.data || !view) {
    return (
      <main className="flex flex-1">
        <LoadError title="This run did not load" message={describeError(pipeline.error)} onRetry={() => void pipeline.refetch()} />
      </main>
    );
  }
  const run = pipeline.data;
  const prompts = view.steps.find(({ step }) => step.step_type === 'prompt_enhance');
  const media = view.steps.filter(({ step }) => step.step_type !== 'prompt_enhance');
  const options = [
    ...(media.length > 1 ? [{ value: 'all' as Filter, label: <FilterLabel name="All" count={media.reduce((sum, step) => sum + step.items.length, 0)} /> }] : []),
    ...view.steps.map(({ step, items: own, prompts: texts }) => ({ value: step.step_type as Filter, label: <FilterLabel name={stepNouns[step.step_type].many} count={step.step_type === 'prompt_enhance' ? texts.length : own.length} /> })),
  ];
  return (
    <div ref={page} className="flex min-h-0 min-w-0 flex-1 max-lg:relative max-lg:flex-col max-lg:overflow-y-auto">
      <main ref={canvas} className="relative flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:static max-lg:flex-none max-lg:overflow-visible max-lg:px-4">
        <RunHeader pipeline={run} view={view} feed={feed} />
        <p aria-live="polite" className="sr-only">
          {announce(view)}
        </p>
        <StepCells view={view} />
        <Failures pipeline={run} view={view} told={live.failures} />
        <div className="flex flex-wrap items-center gap-3">
          {options.length > 1 && <Chips label="Show" value={filter} options={options} onChange={setChosen} />}
          {filter !== 'prompt_enhance' && items.length > 0 && (
            <span className="ml-auto">
              <LayoutSwitch />
            </span>
          )}
        </div>
        {reviewing && view.review && (
          <p className="text-ink-2">
            {view.review.step.step_type === 'prompt_enhance' ? 'Correct, drop or add prompts. Approve sends on what is ticked.' : 'Tick what goes on. Open one and press P to pick it or X to leave it out.'}
          </p>
        )}
        {filter === 'prompt_enhance' ? (
          reviewing ? (
            <PromptReview prompts={reviewed} edits={edits} onChange={setEdits} />
          ) : prompts && prompts.prompts.length > 0 ? (
            <PromptList prompts={prompts.prompts} />
          ) : (
            <Skeleton className="h-40" />
          )
        ) : items.length + waiting.length > 0 ? (
          <Gallery
            items={items}
            placeholders={waiting}
            scroller={narrow ? page : canvas}
            labelOf={(item, index) => `${item.kind === 'video' ? 'Video' : 'Image'} ${index + 1}`}
            onOpen={setOpen}
            actionsOf={actions.onTile}
            {...(reviewing ? { selected, droppedUnlessSelected: true, onSelect: (item, pick) => choose(item.outputId, pick) } : { selected: picked, onSelect: mark })}
          />
        ) : (
          <Empty title={view.status === 'cancelled' ? 'Cancelled before anything was made' : 'Nothing here yet'}>{view.status === 'cancelled' ? 'Nothing was charged.' : 'Outputs appear here as soon as each one is ready.'}</Empty>
        )}
        {!reviewing && marked.length > 0 && <SelectionBar items={marked} name={run.name || `run-${id}`} onClear={() => setPicked(new Set())} />}
      </main>
      <RunRail pipeline={run} view={view}>
        {view.review ? (
          <Approve pipeline={run} view={view} review={view.review} outputs={reviewed} edits={edits} onApproved={() => setEdits(noEdits)} />
        ) : run.mode === 'manual' && run.status === 'paused' && run.status_reason === 'user' ? (
          <RunNextStep pipeline={run} view={view} />
        ) : undefined}
      </RunRail>
      <Lightbox items={items} index={open} onIndex={setOpen} actionsOf={actions.inLightbox} />
    </div>
  );
}

function FilterLabel({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name} <span className="font-[450] text-ink-3">{count.toLocaleString('en-US')}</span>
    </>
  );
}

/** P picks and X leaves out the output that is open. The lightbox is a dialog, so these keys are its own. */
function useKeys(pick: ((pick: boolean) => void) | null): void {
  const options = { enabled: pick !== null, inDialog: true };
  useHotkey('p', () => pick?.(true), options);
  useHotkey('x', () => pick?.(false), options);
}

function RunSkeleton() {
  return (
    <main className="flex flex-1 flex-col gap-4 px-7 py-5" role="status" aria-label="Loading the run">
      <Skeleton className="h-9 w-80" />
      <Skeleton className="h-20" />
      <div className="grid grid-cols-4 gap-2.5 max-lg:grid-cols-1">
        {Array.from({ length: 8 }, (_, index) => (
          <Skeleton key={index} className="h-48" />
        ))}
      </div>
    </main>
  );
}
