import { Link, useNavigate } from '@tanstack/react-router';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useState } from 'react';
import { describeError, ProblemError } from '@/api/problem';
import { count, grouped } from '@/domain/count';
import { formatUnitPrice } from '@/domain/costs/format-money';
import { paths } from '@/domain/paths';
import { pipelineKeys } from '@/domain/pipelines/queries';
import type { ReviewPlace } from '@/domain/review/review-set';
import { sessionQuery } from '@/domain/session/session';
import { Button } from '@/ui/button';
import { Empty, Notice, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useKept } from '@/ui/use-kept';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { Figures } from './figures';
import { FilterBar } from './filter-bar';
import { JudgePanel } from './judge-panel';
import { JudgeBar } from './judge-bar';
import { nounOf, OnwardPanel } from './onward-panel';
import { belowInMatrix, besideInMatrix, cellOf, isStack, matrixOrder, topOf } from './places';
import { PromptTable } from './prompt-table';
import { RedoDialog } from './redo-dialog';
import { ReviewFooter } from './review-footer';
import { ReviewHeader, type View } from './review-header';
import { Stage } from './stage';
import { bestPerSource, leavesOut, matrixOf, noFilter, passes as passesFilter, type Patch, type ReviewFilter, type Verdict } from './review-model';
import { addPrompt, approveStep, onwardQuery, promptTextsQuery } from './review-queries';
import { StaleNotice, staleOf, type Stale } from './stale-notice';
import { useJudging } from './use-judging';
import { useKeys } from './use-keys';
import { useReview } from './use-review';

/** While picks are bought the moment they are saved, there is as long to take one back as the offer to do so stands. */
const takeBackMs = 10_000;

/** The set of a step as a light table: judged by keys, pointer or finger, priced as it is judged, sent on at the end. */
export function Review({ place }: { place: ReviewPlace }) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { pipeline, step, store, sync } = useReview(place);
  const me = useQuery(sessionQuery).data?.user?.name ?? null;
  const narrow = useIsNarrow();
  const [view, setView] = useState<View>('matrix');
  const [before, setBefore] = useState<View>('matrix');
  const [filter, setFilter] = useState<ReviewFilter>(noFilter);
  const [advance, setAdvance] = useKept('review-moves-on', true);
  const [columns, setColumns] = useState(1);
  /** One that lies on the stack that is open. */
  const [stack, setStack] = useState<number | null>(null);
  const [redoing, setRedoing] = useState<{ ids: readonly number[] | null; prompt: string | null } | null>(null);
  const [stale, setStale] = useState<Stale | null>(null);
  const changed = useMemo(() => new Set(stale?.outputIds ?? []), [stale]);
  const run = pipeline.data;
  useTitle(run ? `Review · ${run.name || `Run ${run.id}`}` : 'Review');

  const stamp = store.now();
  const order = store.ids();
  // The matrix is made of places and prompts, which no verdict changes.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const matrix = useMemo(() => matrixOf(store.all()), [store, order]);
  const isPrompts = step?.step_type === 'prompt_enhance';
  const shownView: View = isPrompts ? 'grid' : narrow && view === 'matrix' ? 'loupe' : view;
  const opened = stack === null ? null : cellOf(matrix, stack);
  const filtering = filter.verdict !== 'all' || filter.minRating > 0;
  const shown = useMemo(() => {
    const ids = opened ? opened.cell : shownView === 'matrix' ? matrixOrder(matrix) : order;
    return filtering ? ids.filter((id) => passesFilter(filter, store.get(id) as NonNullable<ReturnType<typeof store.get>>, changed)) : ids;
    // A verdict changes what is shown only while verdicts or ratings are filtered by.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, matrix, order, shownView, opened?.cell, filter, filtering, changed, filtering ? stamp : 0]);
  const passes = useMemo(() => {
    const visible = filtering ? new Set(shown) : null;
    return (id: number) => visible === null || visible.has(id);
  }, [filtering, shown]);
  const at = store.at();
  const entry = at === null ? undefined : store.get(at);
  const counts = store.counts();
  const { said, step: go, judge, rate, say, undo } = useJudging(store, shown, advance);

  // A new filter begins with the first it leaves; what leaves it by being judged moves on by itself.
  useEffect(() => {
    const first = shown[0];
    if (first !== undefined && !shown.includes(store.at() ?? -1)) store.go(first);
    // Not at each verdict, hence without what is shown.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, filter]);

  const rolling = run?.review === 'rolling';
  const leaveOut = !rolling && leavesOut(counts);
  useEffect(() => {
    store.takeBackMs = rolling ? takeBackMs : null;
  }, [store, rolling]);
  const onward = useQuery(onwardQuery(place, leaveOut, store.version));
  const priceStale = store.saving !== 'saved' || onward.isPlaceholderData || onward.isFetching;
  const texts = useQuery({ ...promptTextsQuery(place, store.version), enabled: isPrompts });
  const textOf = useMemo(() => new Map((texts.data ?? []).map((output) => [output.id, output.text ?? ''])), [texts.data]);
  const shownTexts = useMemo(() => {
    const map = new Map(textOf);
    for (const { id, text } of store.all()) if (text !== undefined) map.set(id, text);
    return map;
    // The stamp stands for what the store holds.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [textOf, store, isPrompts ? stamp : 0]);

  const approve = useMutation({
    mutationFn: async () => {
      await store.flush();
      if (stale) await sync(stale.version);
      await approveStep(place, store.version, !rolling && leavesOut(store.counts()));
    },
    onSuccess: () => {
      toast.good('Sent on', { detail: 'What was left out stays in the library.' });
      void client.invalidateQueries({ queryKey: pipelineKeys.all });
      void navigate({ to: paths.run, params: { id: String(place.pipelineId) } });
    },
    onError: (error) => {
      const told = error instanceof ProblemError ? staleOf(error) : null;
      if (told) {
        setStale(told);
        void sync(told.version);
      } else toast.bad('The approval did not go through', describeError(error));
      void client.invalidateQueries({ queryKey: pipelineKeys.one(place.pipelineId) });
    },
  });

  const show = useCallback(
    (next: View) => {
      if (next !== view && (view === 'matrix' || view === 'grid')) setBefore(view);
      if (next === 'matrix') setStack(null);
      setView(next);
    },
    [view],
  );
  const open = useCallback(
    (id: number) => {
      store.go(id);
      show('loupe');
    },
    [store, show],
  );
  const openStack = useCallback(
    (id: number) => {
      store.go(id);
      setStack(id);
      setBefore('grid');
      setView('grid');
    },
    [store],
  );
  /** One layer back: out of the loupe or the comparison, then out of the stack. */
  const back = () => (opened && shownView === 'grid' ? show('matrix') : show(before));
  const enter = () => {
    const cell = at === null || shownView !== 'matrix' ? [] : (cellOf(matrix, at)?.cell.filter(passes) ?? []);
    if (at !== null && isStack(cell)) openStack(at);
    else show(view === 'loupe' ? before : 'loupe');
  };
  const look = () => {
    setStale(null);
    setFilter(noFilter);
  };
  const redoOne = () => {
    if (entry) setRedoing({ ids: [entry.id], prompt: isPrompts ? (shownTexts.get(entry.id) ?? '') : entry.promptLabel });
  };
  // To save the last verdict of a review that rolls would end it. Which ones are meant is said instead.
  const redoRejected = () => setRedoing({ ids: rolling ? store.all().filter(({ verdict, redone }) => verdict === 'reject' && !redone).map(({ id }) => id) : null, prompt: null });
  const best = (of: number) => {
    const patches = bestPerSource(store.all(), of);
    if (patches.length === 0) toast.bad('Nothing to choose from', 'Rate some of each source first: the best are chosen by their stars.');
    else say(`Best ${of === 1 ? 'one' : of} of each source picked`, patches);
  };
  const rejectRest = () =>
    say(
      `${count(counts.waiting, 'output')} rejected`,
      store.all().filter(({ verdict, settled }) => verdict === 'unset' && !settled).map(({ id }) => ({ id, verdict: 'reject' as const })),
    );
  const top = (cell: readonly number[]) => topOf(cell, store.get, store.at());
  const move = (way: 'across' | 'down', by: 1 | -1) => {
    if (shownView === 'matrix' && at !== null) {
      const next = (way === 'across' ? besideInMatrix : belowInMatrix)(matrix, at, by, passes, top);
      if (next !== null) store.go(next);
    } else go(by * (way === 'down' && shownView === 'grid' && !isPrompts ? columns : 1));
  };

  useKeys({
    p: () => judge('pick'), x: () => judge('reject'), u: () => judge('unset'),
    1: () => rate(1), 2: () => rate(2), 3: () => rate(3), 4: () => rate(4), 5: () => rate(5), 0: () => rate(0),
    ArrowRight: () => move('across', 1), ArrowLeft: () => move('across', -1), ArrowDown: () => move('down', 1), ArrowUp: () => move('down', -1), Home: () => go(-shown.length), End: () => go(shown.length),
    'mod+z': () => void undo(),
    r: redoOne,
    ...(!isPrompts && {
      m: () => show('matrix'), g: () => show('grid'),
      z: () => show(view === 'loupe' ? before : 'loupe'), c: () => show(view === 'compare' ? before : 'compare'),
      Enter: enter, Escape: back,
    }),
  });

  if (!run || !step || order.length === 0) {
    return run && !step ? (
      <main className="flex flex-1">
        <Empty title="There is no such step" action={<Link to={paths.run} params={{ id: String(place.pipelineId) }} className="text-accent-ink underline">To the run</Link>} />
      </main>
    ) : run ? (
      <main className="flex flex-1">
        <Empty title="Nothing to judge yet">Outputs appear here as soon as each one is ready.</Empty>
      </main>
    ) : (
      <main className="flex flex-1 flex-col gap-4 p-6" role="status" aria-label="Loading the review">
        <Skeleton className="min-h-0 flex-1" />
      </main>
    );
  }

  const noun = nounOf[step.step_type];
  const first = store.get(order[0] as number);
  const ratio = first?.width && first.height ? first.width / first.height : 1;
  const nth = at === null ? 0 : shown.indexOf(at) + 1;
  const running = step.status === 'running';
  const over = !running && step.status !== 'review';
  const redoPrice = step.unit_price > 0 ? formatUnitPrice(step.unit_price) : null;

  return (
    <div className="flex min-h-0 min-w-0 flex-1 max-lg:flex-col">
      <main className="flex min-h-0 min-w-0 flex-1 flex-col gap-3 px-7 py-5 max-lg:gap-2 max-lg:px-4 max-lg:py-3">
        <ReviewHeader run={run} step={step} rolling={rolling} narrow={narrow} canUndo={store.last() !== null} onUndo={() => void undo()} onBest={best} onRejectRest={rejectRest} onRedoRejected={redoRejected} view={isPrompts ? null : shownView} onView={show} />
        {!narrow && <Figures run={run} step={step} counts={counts} onward={onward.data} rolling={rolling} />}
        {over && (
          <Notice tone="warn" title="This set was decided" action={<Link to={paths.run} params={{ id: String(run.id) }} className="text-label text-accent-ink underline">To the run</Link>}>
            You can look at it and rate it; what goes on does not change any more.
          </Notice>
        )}
        {stale && <StaleNotice stale={stale} me={me} onShow={() => setFilter({ verdict: 'changed', minRating: 0 })} onApprove={() => approve.mutate()} onClose={look} runId={run.id} />}
        {store.saving === 'offline' && (
          <Notice tone="warn" title="Not saved yet">
            The server cannot be reached. What you say is kept in this browser and saved as soon as it is back.
          </Notice>
        )}
        <FilterBar filter={filter} counts={counts} changed={changed.size} rolling={rolling} onChange={setFilter} />
        {opened && (
          <div className="flex items-center gap-3 text-label">
            <span className="min-w-0 truncate">
              Stack of {grouped(opened.cell.length)}
              {matrix.columns[opened.column]?.label && <span className="text-ink-2">: {matrix.columns[opened.column]?.label}</span>}
            </span>
            <Button small look="ghost" onClick={() => show('matrix')}>
              Close the stack
            </Button>
          </div>
        )}
        {shown.length === 0 ? (
          <Empty title="Nothing matches these filters" action={<Button onClick={() => setFilter(noFilter)}>Show all</Button>}>
            {filter.verdict === 'unset' ? 'Everything has been judged.' : 'The outputs are still there.'}
          </Empty>
        ) : isPrompts ? (
          <PromptTable
            store={store}
            ids={shown}
            at={at}
            texts={shownTexts}
            {...(narrow && { redoPrice, onRedo: redoOne })}
            onText={(patch: Patch) => say('Words of a prompt changed', [patch], [{ id: patch.id, text: shownTexts.get(patch.id) ?? '' }])}
            onJudge={(id: number, verdict: Verdict) => say(`Prompt ${order.indexOf(id) + 1} judged`, [{ id, verdict }])}
            onRate={(id: number, rating: number) => rate(rating, id)}
            onAdd={async (text: string) => {
              await store.flush();
              await addPrompt(place, text);
              await client.invalidateQueries({ queryKey: pipelineKeys.one(place.pipelineId) });
            }}
          />
        ) : (
          <Stage
            store={store}
            view={shownView}
            narrow={narrow}
            shown={shown}
            at={at}
            ratio={ratio}
            changed={changed}
            matrix={matrix}
            sources={run.inputs.images}
            passes={passes}
            stamp={stamp}
            onOpen={open}
            onStack={openStack}
            onColumns={setColumns}
            onStep={go}
            onJudge={judge}
            onRate={rate}
          />
        )}
        {narrow && !isPrompts && entry && <JudgeBar entry={entry} redoPrice={redoPrice} onJudge={judge} onRate={rate} onRedo={redoOne} />}
        <ReviewFooter
          said={said?.words ?? null}
          canUndo={store.last() !== null}
          onUndo={() => void undo()}
          saving={store.saving}
          slow={rolling && (counts.going > 0 || counts.waiting === 0)}
          going={counts.going}
          onSendNow={() => void store.flush().catch(() => undefined)}
          advance={advance}
          onAdvance={setAdvance}
        />
      </main>
      <aside aria-label="Judging" className="flex w-105 shrink-0 flex-col gap-4 overflow-y-auto border-l border-line bg-panel p-5 max-2xl:w-84 max-lg:w-full max-lg:border-t max-lg:border-l-0 max-lg:p-3">
        {!narrow && entry && <JudgePanel entry={entry} count={`${nth} / ${shown.length}`} preview={!isPrompts && (view === 'matrix' || view === 'grid')} redoPrice={redoPrice} onJudge={judge} onRate={rate} onRedo={redoOne} />}
        <div className="mt-auto border-t border-line pt-4 max-lg:border-0 max-lg:pt-0">
          {over ? (
            <Link to={paths.run} params={{ id: String(run.id) }} className="text-label text-accent-ink underline">
              To the run
            </Link>
          ) : (
            <OnwardPanel step={step} counts={counts} onward={onward.data} stale={priceStale} busy={approve.isPending} running={running} rolling={rolling} onApprove={() => approve.mutate()} />
          )}
        </div>
      </aside>
      {redoing && (
        <RedoDialog
          place={place}
          step={step}
          outputIds={redoing.ids}
          prompt={redoing.prompt}
          ready={() => (redoing.ids ? Promise.resolve() : store.flush())}
          seen={() => (redoing.prompt === null && redoing.ids ? store.version : null)}
          onClose={() => setRedoing(null)}
          onDone={(made) => {
            setRedoing(null);
            // What is made anew is what was not good enough.
            if (redoing.prompt !== null && redoing.ids) say('Rejected and made anew', redoing.ids.map((id) => ({ id, verdict: 'reject' as const })));
            toast.good(`${count(made, noun)} ${made === 1 ? 'is' : 'are'} made anew`, { detail: 'They join this review as they come.' });
            void client.invalidateQueries({ queryKey: pipelineKeys.one(place.pipelineId) });
          }}
        />
      )}
    </div>
  );
}
