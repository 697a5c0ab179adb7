import { useQuery } from '@tanstack/react-query';
import { ArrowLeft } from 'lucide-react';
import { lazy, Suspense, useCallback, useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { pickModel } from '@/domain/models/capabilities';
import { modelsQuery } from '@/domain/models/list-models';
import { useStartGroup } from '@/domain/pipelines/run-group';
import { Button, IconButton } from '@/ui/button';
import { Notice, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { pathOf, stepTypeOf, templatePipelines } from '../graph/branches';
import { costsOf } from '../graph/costs';
import { copyNodes, parseGraph, pasteNodes, toFile } from '../graph/files';
import { addNode, connect, freeSpot, makeNode, nodeOf, place, remove, type Graph, type NodeKind } from '../graph/graph';
import { layOut } from '../graph/layout';
import { nodeTitles, type GraphProblem } from '../graph/problems';
import { printOf } from '../graph/stale';
import { AddPanel } from './add-panel';
import type { CanvasApi } from './canvas';
import { spoken } from './describe';
import { BranchWatch, mostFeeds, type BranchState } from './live';
import { NodeList } from './node-list';
import { NodeSettings } from './node-settings';
import { Palette, type PaletteAt, type PaletteChoice } from './palette';
import { RunButton } from './run-button';
import { saveJson } from './save-file';
import { Summary } from './summary';
import { Toolbar } from './toolbar';
import { useCards } from './use-cards';
import { usePrices, type PricedBranch } from './use-prices';
import { useShortcuts } from './use-shortcuts';
import type { Workflow } from './use-workflow';

const Canvas = lazy(() => import('./canvas'));
const Sheet = lazy(() => import('@/ui/sheet').then((module) => ({ default: module.Sheet })));
const SaveTemplate = lazy(() => import('@/domain/templates/save-template').then((module) => ({ default: module.SaveTemplate })));

/** Brings the control that a problem speaks of into view, as soon as its panel is there. */
function lead(field: string, tries = 60): void {
  requestAnimationFrame(() => {
    const panel = document.querySelector('[data-step-settings]');
    if (panel === null) return tries > 0 ? lead(field, tries - 1) : undefined;
    const at = panel.querySelector(`#node-${field === 'wire' ? 'wires' : field}, #image-${field}, #video-${field}`) ?? panel;
    at.scrollIntoView({ block: 'center' });
    at.querySelector<HTMLElement>('button, input:not([type=file]), textarea')?.focus();
  });
}

const bare = (graph: Graph): Graph => ({ ...graph, nodes: graph.nodes.map((node) => (node.kind === 'upload_images' ? { ...node, config: { images: [] } } : node)) });

/** The builder of one workflow: a canvas, or a list where there is no room for one, with what is chosen beside it. */
export function Builder({ workflow, narrow }: { workflow: Workflow; narrow: boolean }) {
  const { graph, change, run } = workflow;
  const models = useQuery(modelsQuery);
  const catalog = useMemo(() => models.data ?? [], [models.data]);
  const prices = usePrices(graph, catalog);
  const [states, setStates] = useState<ReadonlyMap<number, BranchState>>(new Map());
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<string | null>(null);
  const [palette, setPalette] = useState<PaletteAt | null>(null);
  const [sheet, setSheet] = useState<'summary' | null>(null);
  const [saving, setSaving] = useState(false);
  const canvas = useRef<CanvasApi>(null);
  const start = useStartGroup();
  const { cards, stale } = useCards(graph, prices, catalog, run, states);

  const onState = useCallback((id: number, state: BranchState) => setStates((before) => (before.get(id)?.pipeline === state.pipeline && before.get(id)?.live === state.live ? before : new Map(before).set(id, state))), []);
  const labels = useMemo(() => new Map(graph.nodes.map((node) => [node.id, spoken(node, catalog, prices.cost.nodes.get(node.id), prices.problems.filter((problem) => problem.node === node.id).length, stale.get(node.id))])), [graph.nodes, catalog, prices.cost, prices.problems, stale]);
  const labelOf = useCallback((id: string) => labels.get(id) ?? '', [labels]);

  const one = selected.size === 1 ? nodeOf(graph, [...selected][0] ?? '') : undefined;
  const shown = narrow ? (opened === null ? undefined : nodeOf(graph, opened)) : one;

  const removeAll = (nodes: ReadonlySet<string>, edges: ReadonlySet<string>) => {
    if (nodes.size + edges.size === 0) return;
    const before = graph;
    change((now) => remove(now, nodes, edges));
    setSelected(new Set());
    setOpened(null);
    toast.good(nodes.size > 0 ? `${count(nodes.size, 'step')} removed` : `${count(edges.size, 'wire')} removed`, { action: { label: 'Undo', run: () => change(() => before) } });
  };
  const add = (kind: NodeKind, x: number, y: number, pending: PaletteAt['pending'] = null) => {
    const spot = freeSpot(graph, Math.round(x), Math.round(y));
    const node = makeNode(kind, spot.x, spot.y);
    change((now) => {
      const next = addNode(now, node);
      return pending === null ? next : pending.side === 'after' ? connect(next, pending.node, node.id) : connect(next, node.id, pending.node);
    });
    setSelected(new Set([node.id]));
    if (narrow) setOpened(node.id);
    else canvas.current?.show(node.id);
  };
  const choose = (choice: PaletteChoice) => {
    const at = palette;
    setPalette(null);
    if (at === null) return;
    const from = at.pending && nodeOf(graph, at.pending.node);
    if ('join' in choice) {
      if (!at.pending) return;
      const { node, side } = at.pending;
      change((now) => (side === 'after' ? connect(now, node, choice.join) : connect(now, choice.join, node)));
      canvas.current?.show(choice.join);
      return;
    }
    const spot = from ? { x: from.x + (at.pending?.side === 'before' ? -288 : 288), y: from.y } : (canvas.current?.toFlow(at.x, at.y) ?? { x: 0, y: graph.nodes.length * 190 });
    add(choice.add, spot.x, spot.y, at.pending);
  };
  const open = (id: string) => {
    setSelected(new Set([id]));
    if (narrow) setOpened(id);
    else lead('');
  };
  const show = (problem: GraphProblem) => {
    setSheet(null);
    if (problem.node === null) return setSelected(new Set());
    setSelected(new Set([problem.node]));
    if (narrow) setOpened(problem.node);
    lead(problem.field);
  };
  const tidy = () => void layOut(graph).then((laid) => {
    change((now) => place(now, new Map(laid.nodes.map(({ id, x, y }) => [id, { x, y }]))));
    requestAnimationFrame(() => canvas.current?.fit());
  });
  const duplicate = () => {
    const pasted = pasteNodes(graph, copyNodes(graph, selected));
    if ('error' in pasted) return;
    change(() => pasted.graph);
    setSelected(new Set(pasted.ids));
  };
  const importFile = (text: string) => {
    const read = parseGraph(text);
    if ('error' in read) return toast.bad('The file was not imported', read.error);
    const before = graph;
    change(() => read.graph);
    setSelected(new Set());
    requestAnimationFrame(() => canvas.current?.fit());
    toast.good(`“${read.graph.name}” was imported`, { action: { label: 'Undo', run: () => change(() => before) } });
  };

  const send = (part: readonly PricedBranch[]) => {
    const pipelines = part.flatMap(({ request }) => (request ? [request] : []));
    const most = part.reduce((sum, { estimate }) => sum + (estimate?.total ?? 0), 0);
    if (pipelines.length < part.length || part.some(({ estimate }) => !estimate) || start.isPending) return;
    const print = printOf(graph, new Set(part.flatMap(({ branch }) => pathOf(branch).map((node) => node.id))));
    start.mutate(
      { pipelines, most },
      {
        onSuccess: (group) => {
          const branches = group.pipelines.map((pipeline, at) => ({
            pipelineId: pipeline.id,
            steps: Object.fromEntries(part[at] ? pathOf(part[at].branch).flatMap((node) => { const type = stepTypeOf[node.kind]; return type ? [[node.id, type]] : []; }) : []),
          }));
          setSheet(null);
          // What ran before in other branches was not made anew.
          workflow.ran({ group: group.run_group_id, at: new Date().toISOString(), branches, print: { ...run?.print, ...print } });
          toast.good(branches.length > 1 ? `${branches.length} branches are running` : 'The workflow is running');
        },
        onError: (error) => toast.bad('The workflow did not start', describeError(error), { label: 'Retry', run: () => send(part) }),
      },
    );
  };
  const runAll = () => {
    const [problem] = prices.problems;
    if (problem) show(problem);
    else send(prices.branches);
  };
  useShortcuts({ workflow, selected, onSelect: setSelected, onRun: runAll, onLayOut: tidy });

  const through = shown ? prices.branches.filter(({ branch }) => pathOf(branch).some((node) => node.id === shown.id)) : [];
  const partCost = costsOf(graph, through.map(({ branch }) => branch), through.map(({ estimate }) => estimate));
  const partBlocked = prices.problems.some((problem) => problem.node === null || through.some(({ branch }) => pathOf(branch).some((node) => node.id === problem.node)));
  const runFrom = shown && shown.kind !== 'upload_images' && run && through.length > 0 && partCost.complete && !partBlocked ? { price: formatMoney(partCost.total - partCost.saves), run: () => send(through) } : null;

  const used = graph.nodes.flatMap((node) => (node.kind === 'generate_images' ? [pickModel(catalog, 'image', node.config.model)] : node.kind === 'generate_videos' ? [pickModel(catalog, 'video', node.config.model)] : []));
  const simulated = used.length > 0 && used.every((model) => model?.simulated !== false);
  const button = <RunButton graph={graph} problems={prices.problems} cost={prices.cost} branches={prices.branches.length} stale={prices.stale} starting={start.isPending} onRun={runAll} onShow={show} />;
  const summary = <Summary graph={graph} prices={prices} change={change} run={run} states={states} simulated={simulated} onShow={show} />;
  const settings = shown && (
    <div data-step-settings>
      <NodeSettings key={shown.id} graph={graph} node={shown} models={catalog} problems={prices.problems} stale={stale.get(shown.id)} change={change} runFrom={runFrom} onRemove={() => removeAll(new Set([shown.id]), new Set())} />
    </div>
  );
  const toolbar = <Toolbar workflow={workflow} onLayOut={tidy} onDuplicate={selected.size > 0 ? duplicate : null} onExport={() => saveJson(graph.name, toFile(graph))} onImport={importFile} onTemplate={prices.branches.length > 0 && catalog.length > 0 ? () => setSaving(true) : null} />;
  const trouble = models.isError ? { title: 'The models did not load', message: describeError(models.error) } : prices.error ? { title: 'The price is not known right now', message: describeError(prices.error) } : null;
  const notice = trouble && (
    <Notice title={trouble.title} action={models.isError ? <Button small onClick={() => void models.refetch()}>Try again</Button> : undefined}>
      {trouble.message}
    </Notice>
  );

  return (
    <div className="flex min-h-0 min-w-0 flex-1 max-lg:flex-col">
      <main aria-label="Workflow builder" className="relative min-h-0 min-w-0 flex-1 max-lg:flex max-lg:flex-col max-lg:gap-4 max-lg:overflow-y-auto max-lg:p-4">
        <h1 className="sr-only">{graph.name}</h1>
        {narrow ? (
          <>
            {toolbar}
            {notice}
            <NodeList graph={graph} cards={cards} labelOf={labelOf} onOpen={open} onAdd={(x, y) => setPalette({ x, y, pending: null })} onAfter={(node, x, y) => setPalette({ x, y, pending: { node, side: 'after' } })} />
          </>
        ) : (
          <>
            <div className="pointer-events-none absolute inset-x-3 top-3 z-5 flex flex-col items-start gap-3 *:pointer-events-auto">
              {toolbar}
              {notice}
            </div>
            <Suspense fallback={<Skeleton className="absolute inset-0 rounded-none" />}>
              <Canvas ref={canvas} graph={graph} cards={cards} labelOf={labelOf} selected={selected} onSelect={setSelected} onPlace={(places, about) => change((now) => place(now, places), about ?? null)} onConnect={(from, to) => change((now) => connect(now, from, to))} onPalette={setPalette} onAdd={add} onRemove={removeAll} onOpen={open}>
                <AddPanel empty={graph.nodes.length === 0} onAdd={(kind) => {
                  const last = graph.nodes.at(-1);
                  add(kind, (last?.x ?? -288) + 288, last?.y ?? 0);
                }} />
              </Canvas>
            </Suspense>
          </>
        )}
      </main>
      {narrow ? (
        <aside aria-label="Price" className="flex shrink-0 flex-col gap-2 border-t border-line-2 bg-panel px-4 py-3">
          <Button look="ghost" onClick={() => setSheet('summary')}>Dry run, pauses and price</Button>
          {button}
        </aside>
      ) : (
        <aside aria-label={shown ? nodeTitles[shown.kind] : 'This workflow'} className="flex w-84 shrink-0 flex-col border-l border-line bg-panel max-xl:w-76">
          <div className="min-h-0 flex-1 overflow-y-auto p-5">
            {shown && (
              <header className="mb-4 flex items-center gap-1">
                <IconButton small label="Back to the whole workflow" onClick={() => setSelected(new Set())}>
                  <ArrowLeft className="size-4" />
                </IconButton>
                <h2 className="text-head">{nodeTitles[shown.kind]}</h2>
              </header>
            )}
            {settings ?? summary}
          </div>
          <div className="px-5 pt-2 pb-4">{button}</div>
        </aside>
      )}
      {palette && <Palette at={palette} graph={graph} models={catalog} onChoose={choose} onClose={() => setPalette(null)} />}
      <Suspense>
        {narrow && shown && <Sheet title={nodeTitles[shown.kind]} onClose={() => setOpened(null)}>{settings}</Sheet>}
        {narrow && sheet && <Sheet title="This workflow" onClose={() => setSheet(null)} foot={button}>{summary}</Sheet>}
        {saving && <SaveTemplate name={graph.name} pipelines={templatePipelines(graph, catalog)} graph={toFile(graph)} bare={toFile(bare(graph))} onClose={() => setSaving(false)} />}
      </Suspense>
      {run?.branches.map((branch, at) => <BranchWatch key={branch.pipelineId} branch={branch} fed={at < mostFeeds} onState={onState} />)}
    </div>
  );
}
