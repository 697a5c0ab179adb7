import { ArrowLeft } from 'lucide-react';
import { memo, Suspense, useCallback, useDeferredValue, useRef, useState } from 'react';
import { late } from '@/ui/late';
import type { Model } from '@/domain/api';
import { count } from '@/domain/count';
import { Button, IconButton } from '@/ui/button';
import { Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useStable } from '@/ui/use-stable';
import { templatePipelines } from '../graph/branches';
import { copyNodes, parseGraph, pasteNodes, toFile } from '../graph/files';
import { addNode, connect, freeSpot, makeNode, nodeOf, nodeSize, place, refusal, remove, type Graph, type NodeKind } from '../graph/graph';
import { layOut } from '../graph/layout';
import { nodeTitles, type GraphProblem } from '../graph/problems';
import { AddPanel } from './add-panel';
import type { CanvasApi } from './canvas';
import type { CardView } from './card';
import type { BranchState } from './live';
import { NodeList } from './node-list';
import { Notes } from './notes';
import { Palette, type PaletteAt, type PaletteChoice } from './palette';
import { RunButton } from './run-button';
import { saveJson } from './save-file';
import { StepPanel } from './step-panel';
import { Summary } from './summary';
import { Toolbar } from './toolbar';
import type { Prices } from './use-prices';
import { useShortcuts } from './use-shortcuts';
import { useStartBranches } from './use-start-branches';
import type { Workflow } from './use-workflow';

const Canvas = late(() => import('./canvas'), 'default');
const Sheet = late(() => import('@/ui/sheet'), 'Sheet');
const SaveTemplate = late(() => import('@/domain/templates/save-template'), 'SaveTemplate');

/** Brings the control that a problem of a step speaks of into view as soon as that step's panel is there. A list that closes afterwards gives the focus back to its button: then it is taken once more. */
function lead(step: string, field: string, tries = 60, led = false): void {
  requestAnimationFrame(() => {
    const open = document.querySelector<HTMLElement>('[data-step-settings]');
    const panel = open?.dataset['stepSettings'] === step ? open : null;
    const at = panel?.querySelector(`#node-${field === 'wire' ? 'wires' : field}, #image-${field}, #video-${field}`) ?? panel;
    const control = at?.querySelector<HTMLElement>('button, input:not([type=file]), textarea');
    if (control && !(led && panel?.contains(document.activeElement))) {
      at?.scrollIntoView({ block: 'center' });
      control.focus();
    }
    if (control && !led) lead(step, field, 4, true);
    else if (tries > 0) lead(step, field, tries - 1, led);
  });
}

const bare = (graph: Graph): Graph => ({ ...graph, nodes: graph.nodes.map((node) => (node.kind === 'upload_images' ? { ...node, config: { images: [] } } : node)) });

interface WorkbenchProps {
  workflow: Workflow;
  narrow: boolean;
  models: readonly Model[];
  modelsError: Error | null;
  prices: Prices;
  states: ReadonlyMap<number, BranchState>;
  cards: ReadonlyMap<string, CardView>;
  stale: ReadonlyMap<string, string>;
}

/** A canvas, or a list where there is no room for one, with what is chosen beside it. */
export const Workbench = memo(function Workbench({ workflow, narrow, models, modelsError, prices, states, cards, stale }: WorkbenchProps) {
  const { graph, change, run } = workflow;
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const [opened, setOpened] = useState<string | null>(null);
  const [palette, setPalette] = useState<PaletteAt | null>(null);
  const [sheet, setSheet] = useState<'summary' | null>(null);
  const [saving, setSaving] = useState(false);
  const [left, setLeft] = useState<readonly string[]>([]);
  const canvas = useRef<CanvasApi>(null);
  const onTemplate = useCallback(() => setSaving(true), []);
  const { send, starting } = useStartBranches(workflow, () => setSheet(null));

  // A step is marked at once; its settings, which are many, follow when there is time for them.
  const beside = useDeferredValue(selected);
  const chosen = narrow ? opened : beside.size === 1 ? ([...beside][0] ?? null) : null;
  const shown = chosen === null ? undefined : nodeOf(graph, chosen);

  const removeAll = (nodes: ReadonlySet<string>, edges: ReadonlySet<string>) => {
    if (nodes.size + edges.size === 0) return;
    const before = graph;
    change((now) => remove(now, nodes, edges));
    setSelected(new Set());
    setOpened(null);
    toast.good(nodes.size > 0 ? `${count(nodes.size, 'step')} removed` : `${count(edges.size, 'wire')} removed`, { action: { label: 'Undo', run: () => change(() => before) } });
  };
  const join = (from: string, to: string) => {
    const why = refusal(graph, from, to);
    if (why !== null) toast.bad('These two do not connect', why);
    else change((now) => connect(now, from, to));
  };
  const add = (kind: NodeKind, x: number, y: number, { pending = null, dropped = false }: { pending?: PaletteAt['pending']; dropped?: boolean } = {}) => {
    const spot = freeSpot(graph, Math.round(x), Math.round(y));
    const node = makeNode(kind, spot.x, spot.y);
    change((now) => {
      const next = addNode(now, node);
      return pending === null ? next : pending.side === 'after' ? connect(next, pending.node, node.id) : connect(next, node.id, pending.node);
    });
    setSelected(new Set([node.id]));
    if (narrow) setOpened(node.id);
    // Where somebody put it by hand it is in sight.
    else if (dropped) canvas.current?.focus(node.id);
    else canvas.current?.show(node.id);
  };
  const dropAt = (kind: NodeKind, x: number, y: number) => {
    if (!document.elementFromPoint(x, y)?.closest('.react-flow') || !canvas.current) return;
    const at = canvas.current.toFlow(x, y);
    add(kind, at.x - nodeSize.width / 2, at.y - 24, { dropped: true });
  };
  const choose = (choice: PaletteChoice) => {
    const at = palette;
    setPalette(null);
    if (at === null) return;
    const { pending } = at;
    const from = pending && nodeOf(graph, pending.node);
    if ('join' in choice) {
      if (!pending) return;
      if (pending.side === 'after') join(pending.node, choice.join);
      else join(choice.join, pending.node);
      canvas.current?.show(choice.join);
      return;
    }
    if (at.spot) return add(choice.add, at.spot.x - (pending?.side === 'before' ? nodeSize.width : 0), at.spot.y - nodeSize.height / 2, { pending, dropped: true });
    const spot = from ? { x: from.x + (pending?.side === 'before' ? -288 : 288), y: from.y } : (canvas.current?.toFlow(at.x, at.y) ?? { x: 0, y: graph.nodes.length * 190 });
    add(choice.add, spot.x, spot.y, { pending });
  };
  const open = (id: string) => {
    setSelected(new Set([id]));
    if (narrow) setOpened(id);
    else lead(id, '');
  };
  const show = (problem: GraphProblem) => {
    setSheet(null);
    if (problem.node === null) return setSelected(new Set());
    setSelected(new Set([problem.node]));
    if (narrow) setOpened(problem.node);
    lead(problem.node, problem.field);
  };
  const tidy = () => void layOut(graph).then((laid) => {
    change((now) => place(now, new Map(laid.nodes.map(({ id, x, y }) => [id, { x, y }]))));
    canvas.current?.fit();
  });
  const duplicate = () => {
    const pasted = pasteNodes(graph, copyNodes(graph, selected));
    if ('error' in pasted) return;
    change(() => pasted.graph);
    setSelected(new Set(pasted.ids));
  };
  const exportFile = () => saveJson(graph.name, toFile(graph));
  const importFile = (text: string) => {
    const read = parseGraph(text);
    if ('error' in read) return toast.bad('The file was not imported', read.error);
    const before = graph;
    change(() => read.graph);
    setSelected(new Set());
    setLeft(read.left);
    canvas.current?.fit();
    toast.good(`“${read.graph.name}” was imported`, { action: { label: 'Undo', run: () => { setLeft([]); change(() => before); } } });
  };
  const runAll = () => {
    const [problem] = prices.problems;
    if (problem) show(problem);
    else send(prices.branches);
  };
  useShortcuts({ workflow, selected, onSelect: setSelected, onRun: runAll, onLayOut: tidy });

  const onShow = useStable(show);
  const onRun = useStable(runAll);
  const onSend = useStable(send);
  const onRemove = useStable(removeAll);
  const onLayOut = useStable(tidy);
  const onDuplicate = useStable(duplicate);
  const onExport = useStable(exportFile);
  const onImport = useStable(importFile);
  const button = <RunButton graph={graph} problems={prices.problems} cost={prices.cost} branches={prices.branches.length} stale={prices.stale} starting={starting} onRun={onRun} onShow={onShow} />;
  const summary = <Summary graph={graph} prices={prices} models={models} change={change} run={run} states={states} onShow={onShow} />;
  const settings = shown && <StepPanel key={shown.id} graph={graph} node={shown} models={models} prices={prices} stale={stale.get(shown.id)} change={change} ran={run !== null} onRun={onSend} onRemove={onRemove} />;
  const toolbar = <Toolbar workflow={workflow} onLayOut={onLayOut} onDuplicate={beside.size > 0 ? onDuplicate : null} onExport={onExport} onImport={onImport} onTemplate={prices.branches.length > 0 && models.length > 0 ? onTemplate : null} />;
  const notes = <Notes models={modelsError} price={prices.error} kept={workflow.kept} left={left} onExport={onExport} onForget={() => setLeft([])} />;

  return (
    <>
      <main aria-label="Workflow builder" className="relative min-h-0 min-w-0 flex-1 max-lg:flex max-lg:flex-col max-lg:gap-4 max-lg:overflow-y-auto max-lg:p-4">
        <h1 className="sr-only">{graph.name}</h1>
        {narrow ? (
          <>
            {toolbar}
            {notes}
            <NodeList graph={graph} cards={cards} onOpen={open} onAdd={(x, y) => setPalette({ x, y, pending: null, spot: null })} onAfter={(node, x, y) => setPalette({ x, y, pending: { node, side: 'after' }, spot: null })} />
          </>
        ) : (
          <>
            <div className="pointer-events-none absolute inset-x-3 top-3 z-5 flex flex-col items-start gap-3 *:pointer-events-auto">
              {toolbar}
              {notes}
            </div>
            <Suspense fallback={<Skeleton className="absolute inset-0 rounded-none" />}>
              <Canvas ref={canvas} graph={graph} cards={cards} selected={selected} onSelect={setSelected} onPlace={(places, about) => change((now) => place(now, places), about ?? null)} onConnect={join} onPalette={setPalette} onRemove={removeAll} onOpen={open}>
                <AddPanel empty={graph.nodes.length === 0} onDrop={dropAt} onAdd={(kind) => {
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
      {palette && <Palette at={palette} graph={graph} models={models} onChoose={choose} onClose={() => setPalette(null)} />}
      <Suspense>
        {narrow && shown && <Sheet title={nodeTitles[shown.kind]} onClose={() => setOpened(null)}>{settings}</Sheet>}
        {narrow && sheet && <Sheet title="This workflow" onClose={() => setSheet(null)} foot={button}>{summary}</Sheet>}
        {saving && <SaveTemplate name={graph.name} pipelines={templatePipelines(graph, models)} graph={toFile(graph)} bare={toFile(bare(graph))} onClose={() => setSaving(false)} />}
      </Suspense>
    </>
  );
});
