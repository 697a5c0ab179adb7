import { useQuery } from '@tanstack/react-query';
import { useParams } from '@tanstack/react-router';
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { grouped } from '@/domain/count';
import { modelsQuery } from '@/domain/models/list-models';
import { dayWords, facetsOf, filtered, isFiltering, noFilter, type GalleryFilter } from '@/domain/outputs/facets';
import { ActiveFilters, FilterButton, type FilterGroup } from '@/domain/outputs/filter-button';
import { Gallery } from '@/domain/outputs/gallery';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { LayoutSwitch } from '@/domain/outputs/gallery-layout';
import { inARow, joiner } from '@/domain/outputs/item-lists';
import { SelectionBar } from '@/domain/outputs/selection-bar';
import { useSelection } from '@/domain/outputs/use-selection';
import { Button } from '@/ui/button';
import { Chips } from '@/ui/radio-group';
import { Empty, LoadError, Notice, Skeleton } from '@/ui/states';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { Approve, RunNextStep } from './approve';
import { RaiseBudget } from './raise-budget';
import { Failures } from './failures';
import { useOutputActions } from './output-actions';
import { PromptList } from './prompt-list';
import { PromptReview } from './prompt-review';
import { isSelected, noEdits, type Reviewed, type ReviewEdits } from './review-edits';
import { RunAnnouncer } from './run-announcer';
import { RunPending } from './run-pending';
import { LightTableLink } from './light-table-link';
import { RunHeader } from './run-header';
import { RunLightbox, type LightboxControl } from './run-lightbox';
import { RunRail } from './run-rail';
import { defaultFilter, stepNouns, type Filter } from './run-view';
import { StepCells } from './step-cells';
import { useRun } from './use-run';
import { waitingTiles } from './waiting-tiles';

export function RunPage() {
  const { id } = useParams({ strict: false });
  // A new run is a new page: nothing of the last one stays.
  return <Run key={id} id={Number(id)} />;
}

const labelOf = (item: GalleryItem, index: number) => `${item.kind === 'video' ? 'Video' : 'Image'} ${index + 1}`;
const noOutputs: readonly Reviewed[] = [];

/** What a gallery of these can be filtered by, with how many each leaves. */
function useFilterGroups(items: readonly GalleryItem[], filter: GalleryFilter, onChange: (filter: GalleryFilter) => void): FilterGroup[] {
  const catalog = useQuery(modelsQuery).data;
  const { models, days } = facetsOf(items);
  const now = Date.now();
  return [
    {
      name: 'Model',
      options: models.map(({ value, count }) => ({ value, label: catalog?.find((model) => model.id === value)?.name ?? value, count })),
      value: filter.model,
      onChange: (model) => onChange({ ...filter, model }),
    },
    { name: 'Made', options: days.map(({ value, count }) => ({ value, label: dayWords(value, now), count })), value: filter.day, onChange: (day) => onChange({ ...filter, day }) },
  ];
}

function Run({ id }: { id: number }) {
  const { pipeline, view, live, feed, fetched, outputsError, readOutputs } = useRun(id);
  useTitle(view && pipeline.data ? `${view.status === 'running' ? `${Math.floor((100 * view.done) / Math.max(1, view.total))} % · ` : ''}${pipeline.data.name || `Run ${id}`}` : 'Run');
  const [chosen, setChosen] = useState<Filter | null>(null);
  const [by, setBy] = useState<GalleryFilter>(noFilter);
  const [edits, setEdits] = useState<ReviewEdits>(noEdits);
  const narrow = useIsNarrow();
  const page = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLElement>(null);
  const lightbox = useRef<LightboxControl>(null);
  const openAt = useCallback((index: number) => lightbox.current?.open(index), []);
  const actions = useOutputActions(id);
  const filter = chosen ?? (view ? defaultFilter(view) : 'all');
  // The chip is pressed at once, what it shows follows.
  const showing = useDeferredValue(filter);
  const shown = useMemo(() => view?.steps.filter(({ step }) => step.step_type !== 'prompt_enhance' && (showing === 'all' || step.step_type === showing)) ?? [], [view, showing]);
  const [[joinItems, joinFresh]] = useState(() => [joiner(), joiner()] as const);
  const everything = joinItems(shown.map((step) => step.items));
  const arrived = joinFresh(shown.map((step) => step.fresh));
  const items = useMemo(() => filtered(everything, by), [everything, by]);
  const fresh = useMemo(() => filtered(arrived, by), [arrived, by]);
  const all = inARow(items, fresh);
  const groups = useFilterGroups(everything, by, setBy);
  const filtering = isFiltering(by);
  const sources = useMemo(() => pipeline.data?.inputs.images.flatMap((input) => ('asset_id' in input ? [input.asset_id] : [])) ?? [], [pipeline.data]);
  const waiting = filtering || view?.status === 'cancelled' || view?.status === 'failed' || outputsError !== null ? undefined : waitingTiles(shown, sources);
  const { picked, marked, select, selectAll, clear } = useSelection(items, fresh, all);

  const reviewStep = view?.review?.step;
  const reviewId = reviewStep?.id;
  useEffect(() => {
    setEdits(noEdits);
    setChosen(null);
    setBy(noFilter);
  }, [reviewId]);

  const reviewed: readonly Reviewed[] = (reviewId === undefined ? undefined : (fetched.prompts[reviewId] ?? fetched.indexes[reviewId]?.entries ?? reviewStep?.outputs)) ?? noOutputs;
  const reviewing = view?.review !== undefined && (filter === view.review.step.step_type || filter === 'all');
  const selected = useMemo(() => new Set(reviewed.filter((output) => isSelected(output, edits)).map((output) => `output-${output.id}`)), [reviewed, edits]);
  const choose = (outputId: number | null | undefined, pick: boolean) => outputId && setEdits((before) => ({ ...before, selected: { ...before.selected, [outputId]: pick } }));
  const reviewList = useRef(all);
  useEffect(() => {
    reviewList.current = all;
  });
  const review = useCallback((index: number, pick: boolean) => choose(reviewList.current.at(index)?.outputId, pick), []);

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
  const countOf = (step: (typeof media)[number]) => step.items.length + step.fresh.length;
  const options = [
    ...(media.length > 1 ? [{ value: 'all' as Filter, label: <FilterLabel name="All" count={media.reduce((sum, step) => sum + countOf(step), 0)} /> }] : []),
    ...view.steps.map((step) => ({ value: step.step.step_type as Filter, label: <FilterLabel name={stepNouns[step.step.step_type].many} count={step.step.step_type === 'prompt_enhance' ? step.prompts.length : countOf(step)} /> })),
  ];
  const selecting = !reviewing && marked.length > 0;
  return (
    <div ref={page} className="flex min-h-0 min-w-0 flex-1 max-lg:relative max-lg:flex-col max-lg:overflow-y-auto">
      <main ref={canvas} className="relative flex min-h-0 min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:static max-lg:flex-none max-lg:overflow-visible max-lg:px-4">
        <RunHeader pipeline={run} view={view} feed={feed} selecting={selecting} />
        <RunAnnouncer pipeline={run} view={view} />
        <StepCells view={view} />
        <Failures pipeline={run} view={view} told={live.failures} />
        {outputsError !== null && (
          <Notice
            title="Not all outputs did load"
            action={
              <Button small onClick={readOutputs}>
                Try again
              </Button>
            }
          >
            {describeError(outputsError)} The run itself goes on.
          </Notice>
        )}
        <div className="flex flex-wrap items-center gap-3">
          {options.length > 1 && (
            <Chips
              label="Show"
              value={filter}
              options={options}
              onChange={(next) => {
                setChosen(next);
                setBy(noFilter);
              }}
            />
          )}
          {filter !== 'prompt_enhance' && everything.length + arrived.length > 0 && (
            <span className="ml-auto flex flex-wrap items-center justify-end gap-2">
              <ActiveFilters groups={groups} onClear={() => setBy(noFilter)} />
              <FilterButton groups={groups} />
              <LayoutSwitch />
            </span>
          )}
        </div>
        {reviewing && view.review && (
          <p className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ink-2">
            <LightTableLink step={view.review.step} />
            {view.review.step.step_type === 'prompt_enhance' ? 'Correct, drop or add prompts. Approve sends on what is ticked.' : 'Tick what goes on. Open one and press P to pick it or X to leave it out.'}
          </p>
        )}
        {filter === 'prompt_enhance' ? (
          reviewing ? (
            <PromptReview prompts={prompts?.prompts ?? []} edits={edits} onChange={setEdits} />
          ) : prompts && prompts.prompts.length > 0 ? (
            <PromptList prompts={prompts.prompts} />
          ) : (
            <Skeleton className="h-40" />
          )
        ) : all.length > 0 || waiting ? (
          <Gallery
            items={items}
            fresh={fresh}
            waiting={waiting}
            scroller={narrow ? page : canvas}
            labelOf={labelOf}
            onOpen={openAt}
            actionsOf={actions.onTile}
            {...(reviewing ? { selected, droppedUnlessSelected: true, onSelect: review } : { selected: picked, onSelect: select })}
          />
        ) : filtering ? (
          <Empty title="Nothing matches these filters" action={<Button onClick={() => setBy(noFilter)}>Clear filters</Button>}>
            The outputs are still there.
          </Empty>
        ) : (
          <Empty title={view.status === 'cancelled' ? 'Cancelled before anything was made' : 'Nothing here yet'}>{view.status === 'cancelled' ? 'Nothing was charged.' : 'Outputs appear here as soon as each one is ready.'}</Empty>
        )}
        {selecting && <SelectionBar items={marked} name={run.name || `run-${id}`} shown={all.length} onSelectAll={selectAll} onClear={clear} />}
      </main>
      <RunRail pipeline={run} view={view}>
        {view.review ? (
          <Approve pipeline={run} view={view} review={view.review} outputs={reviewed} edits={edits} onApproved={() => setEdits(noEdits)} />
        ) : run.mode === 'manual' && run.status === 'paused' && run.status_reason === 'user' ? (
          <RunNextStep pipeline={run} view={view} />
        ) : run.status === 'pending' ? (
          <RunPending pipeline={run} />
        ) : run.status === 'paused' && run.status_reason === 'budget' ? (
          <RaiseBudget pipeline={run} />
        ) : undefined}
      </RunRail>
      <RunLightbox ref={lightbox} items={all} actionsOf={actions.inLightbox} onPick={reviewing ? choose : null} />
    </div>
  );
}

function FilterLabel({ name, count }: { name: string; count: number }) {
  return (
    <>
      {name} <span className="font-[450] text-ink-3">{grouped(count)}</span>
    </>
  );
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
