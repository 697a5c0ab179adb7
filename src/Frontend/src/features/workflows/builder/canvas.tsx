import '@xyflow/react/dist/base.css';
import { applyNodeChanges, Background, BackgroundVariant, Handle, Position, ReactFlow, ReactFlowProvider, SelectionMode, useReactFlow, useStore, type Connection, type Edge, type Node, type NodeChange, type NodeProps, type OnConnectEnd, type OnConnectStart } from '@xyflow/react';
import { Maximize, Minus, Plus } from 'lucide-react';
import { createContext, memo, useCallback, useContext, useEffect, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState, useTransition, type KeyboardEvent, type PointerEvent, type CSSProperties, type ReactNode, type Ref } from 'react';
import { IconButton } from '@/ui/button';
import { useMedia } from '@/ui/use-media';
import { useSame } from '@/ui/use-same';
import { edgeId, nodeOf, nodeSize, partnersOf, refusal, type Graph, type NodeKind } from '../graph/graph';
import { Card, type CardView } from './card';
import { anyStep, Dragged, DraggedContext, useDragged } from './dragged';
import { kindLooks } from './kinds';
import { WorkflowMap } from './map';
import type { PaletteAt } from './palette';
import { StepWire } from './wire';

export interface CanvasApi {
  toFlow: (x: number, y: number) => { x: number; y: number };
  fit: () => void;
  /** Brings a node into view and gives it the focus. */
  show: (id: string) => void;
  /** Gives a node the focus and moves nothing. */
  focus: (id: string) => void;
}

interface CanvasProps {
  graph: Graph;
  cards: ReadonlyMap<string, CardView>;
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
  onPlace: (places: ReadonlyMap<string, { x: number; y: number }>, about?: string) => void;
  /** Hears of every wish; whether it makes sense is for who hears it. */
  onConnect: (from: string, to: string) => void;
  onPalette: (at: PaletteAt) => void;
  onRemove: (nodes: ReadonlySet<string>, edges: ReadonlySet<string>) => void;
  onOpen: (id: string) => void;
  ref?: Ref<CanvasApi>;
  children?: ReactNode;
}

export type StepNode = Node<{ kind: NodeKind }, 'step'>;
type Wire = NonNullable<PaletteAt['pending']>;

const step = 16;
// Beside and below what floats over it.
const fitView = { padding: { top: '80px', left: '232px', right: '40px', bottom: '40px' }, maxZoom: 1 } as const;
const addingKeys = ['Shift', 'Meta', 'Control'];
const nobody: ReadonlySet<string> = new Set();

// Whatever React Flow is handed anew it tells each of its nodes: what does not change stays the same object.
const lineStyle = { stroke: 'var(--ink-2)', strokeWidth: 2 };
const options = { hideAttribution: false };
const flowStyle = { '--xy-attribution-background-color': 'transparent', '--xy-selection-background-color': 'color-mix(in srgb, var(--accent-graph) 12%, transparent)', '--xy-selection-border': '1px solid var(--accent-graph)' } as CSSProperties;
const orderOf = ({ node, side }: Wire, other: string): [string, string] => (side === 'after' ? [node, other] : [other, node]);

// The steps hear of a price by this and not from the canvas, which asks all of them what became of them and draws it a frame later.
const Cards = createContext<ReadonlyMap<string, CardView>>(new Map());

/** What of a step the canvas places and gives the focus to is around what we draw of it. */
const around = (card: HTMLElement | null) => card?.closest<HTMLElement>('.react-flow__node');

function StepCard({ id, selected }: { id: string; selected: boolean }) {
  const card = useRef<HTMLDivElement>(null);
  const view = useContext(Cards).get(id);
  const spoken = view?.spoken ?? '';
  useLayoutEffect(() => around(card.current)?.setAttribute('aria-label', spoken), [spoken]);
  // It keeps its place on the canvas until the drop.
  useDragged(id, id, (shift) => {
    const { x, y } = shift(id);
    const step = around(card.current);
    if (step) step.style.translate = `${x}px ${y}px`;
  });
  return <div ref={card}>{view && <Card view={view} selected={selected} />}</div>;
}

const Step = memo(function Step({ id, data: { kind }, selected }: NodeProps<StepNode>) {
  const handle = 'size-3.25! rounded-full! border-2! bg-bg! after:absolute after:-inset-2 after:content-[""]';
  return (
    <>
      {partnersOf(kind, 'before').length > 0 && <Handle type="target" position={Position.Left} className={`${handle} border-control!`} />}
      <StepCard id={id} selected={selected} />
      {partnersOf(kind, 'after').length > 0 && <Handle type="source" position={Position.Right} className={handle} style={{ borderColor: kindLooks[kind].wire }} />}
    </>
  );
});

const nodeTypes = { step: Step };
const edgeTypes = { default: StepWire };

export default function Canvas(props: CanvasProps) {
  const [dragged] = useState(() => new Dragged());
  return (
    <ReactFlowProvider>
      <DraggedContext value={dragged}>
        <Cards value={props.cards}>
          <Flow {...props} />
        </Cards>
      </DraggedContext>
    </ReactFlowProvider>
  );
}

function Flow(props: CanvasProps) {
  const { graph, selected, onSelect, onPlace, onPalette, onRemove, onOpen, ref, children } = props;
  const flow = useReactFlow();
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  const root = useRef<HTMLDivElement>(null);
  const pointer = useRef<{ x: number; y: number } | null>(null);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [nodes, setNodes] = useState<StepNode[]>([]);
  // The first step on an empty canvas stays where it was put.
  const [begins] = useState(graph.nodes.length > 0);
  const [chosenEdges, setChosenEdges] = useState<ReadonlySet<string>>(nobody);
  // While a wire is drawn, what it cannot end at steps back.
  const [wire, setWire] = useState<Wire | null>(null);
  const unfit = useMemo(() => (wire === null ? nobody : new Set(graph.nodes.map(({ id }) => id).filter((id) => id !== wire.node && refusal(graph, ...orderOf(wire, id)) !== null))), [wire, graph]);

  // Who drags a step chooses it, too: it is marked at once, and its settings come when it lies still.
  const dragged = useContext(DraggedContext);
  const dragging = useRef(false);
  const held = useRef<ReadonlySet<string> | null>(null);
  const [placing, place] = useTransition();

  // Where it was dropped until the graph has it there, else where the graph says. A node that stays as it was stays the same object.
  useEffect(() => {
    setNodes((before) => {
      const old = new Map(before.map((node) => [node.id, node]));
      const after = graph.nodes.map(({ id, kind, x, y }) => {
        const known = old.get(id);
        const next = {
          position: known && (placing || (known.position.x === x && known.position.y === y)) ? known.position : { x, y },
          data: known?.data.kind === kind ? known.data : { kind },
          selected: (held.current ?? selected).has(id),
          className: unfit.has(id) ? 'opacity-35' : '',
        };
        const same = known && (Object.keys(next) as (keyof typeof next)[]).every((name) => known[name] === next[name]);
        return same ? known : { ...known, ...next, id, type: 'step' as const };
      });
      return after.length === before.length && after.every((node, at) => node === before[at]) ? before : after;
    });
  }, [graph.nodes, placing, selected, unfit]);

  // What was chosen by a box has its box around it.
  useDragged(anyStep, anyStep, (shift, { places }) => {
    const box = root.current?.querySelector<HTMLElement>('.react-flow__nodesselection-rect');
    const [first = ''] = places.keys();
    const { x, y } = shift(first);
    if (box) box.style.translate = `${x}px ${y}px`;
  });
  // It is drawn where it was dropped as soon as the canvas has it there.
  useEffect(() => {
    if (!dragging.current) dragged.move(new Map());
  }, [nodes, dragged]);

  // Of its steps a wire shows these; what else is changed of them draws no wire anew.
  const from = useSame(graph.edges.map((edge) => nodeOf(graph, edge.from)?.kind));
  const to = useSame(graph.edges.map((edge) => nodeOf(graph, edge.to)?.kind));
  const stops = useSame(graph.edges.map((edge) => graph.run === 'checkpoint' && nodeOf(graph, edge.from)?.pause));
  const edges = useMemo<Edge[]>(() => {
    const looksOf = (kind: NodeKind | undefined) => kind && kindLooks[kind];
    return graph.edges.map((edge, at) => {
      const [start, end] = [looksOf(from[at]), looksOf(to[at])];
      const id = edgeId(edge);
      return {
        id, source: edge.from, target: edge.to, selected: chosenEdges.has(id), focusable: true,
        ariaLabel: `Wire from ${start?.title ?? ''} to ${end?.title ?? ''}`,
        style: { stroke: start?.wire ?? 'var(--ink-3)', strokeWidth: chosenEdges.has(id) ? 3 : 2 },
        ...(stops[at] && { label: 'Review', labelStyle: { fill: 'var(--warn)', fontSize: 12, fontWeight: 550 }, labelBgStyle: { fill: 'var(--warn-soft)', stroke: 'var(--warn-line)' }, labelBgPadding: [8, 4] as [number, number], labelBgBorderRadius: 10 }),
      };
    });
  }, [graph.edges, from, to, stops, chosenEdges]);

  const center = useCallback(() => {
    const box = root.current?.getBoundingClientRect();
    return { x: (box?.left ?? 0) + (box?.width ?? 0) / 2, y: (box?.top ?? 0) + (box?.height ?? 0) / 2 };
  }, []);
  const focus = useCallback((id: string) => root.current?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.focus(), []);

  // It may have been put there a moment ago.
  const soon = (act: () => void) => requestAnimationFrame(() => requestAnimationFrame(act));
  useImperativeHandle(ref, () => ({
    toFlow: (x, y) => flow.screenToFlowPosition({ x, y }),
    fit: () => void soon(() => void flow.fitView({ ...fitView, duration: still ? 0 : 180 })),
    show: (id) =>
      void soon(() => {
        const node = flow.getNode(id);
        if (node) void flow.setCenter(node.position.x + nodeSize.width / 2, node.position.y + nodeSize.height / 2, { zoom: flow.getZoom(), duration: still ? 0 : 180 });
        focus(id);
      }),
    focus: (id) => void soon(() => focus(id)),
  }), [flow, focus, still]);

  const letGo = useCallback(() => {
    const chosen = held.current;
    held.current = null;
    if (chosen) latest.current.onSelect(chosen);
  }, []);
  const onNodesChange = useCallback((changes: NodeChange<StepNode>[]) => {
    const chosen = changes.filter((change) => change.type === 'select');
    if (chosen.length > 0) {
      const next = new Set(held.current ?? latest.current.selected);
      for (const { id, selected: on } of chosen) {
        if (on) next.add(id);
        else next.delete(id);
      }
      held.current = next;
      // A drag says what it chooses before it says that it begins.
      queueMicrotask(() => {
        if (!dragging.current) letGo();
      });
    }
    const moving = changes.flatMap((change) => (change.type === 'position' && change.dragging && change.position ? [[change.id, change.position] as const] : []));
    if (moving.length > 0) dragged.move(new Map(moving));
    const rest = changes.filter((change) => change.type !== 'remove' && !(change.type === 'position' && change.dragging));
    if (rest.length > 0) setNodes((now) => applyNodeChanges(rest, now));
  }, [dragged, letGo]);
  // The mouse is the dragged step's alone: it would leave it and come back to it at every move.
  const pressed = useRef<{ on: Element; pointer: number } | null>(null);
  const onPointerDown = ({ target, pointerId, pointerType }: PointerEvent) => {
    pressed.current = target instanceof Element && pointerType === 'mouse' ? { on: target, pointer: pointerId } : null;
  };
  const onDragged = useCallback(() => {
    dragging.current = true;
    if (pressed.current?.on.isConnected) pressed.current.on.setPointerCapture(pressed.current.pointer);
  }, []);
  // It lies where it was dropped already; that the graph has it there can wait for a moment in which nothing moves.
  const onMoved = useCallback((_: unknown, __: unknown, moved: readonly Node[]) => {
    dragging.current = false;
    letGo();
    place(() => latest.current.onPlace(new Map(moved.map(({ id, position: { x, y } }) => [id, { x: Math.round(x), y: Math.round(y) }]))));
  }, [letGo, place]);
  const onSelectionMoved = useCallback((_: unknown, moved: readonly Node[]) => onMoved(null, null, moved), [onMoved]);
  const onNodeDoubleClick = useCallback((_: unknown, node: Node) => latest.current.onOpen(node.id), []);
  const onEdgeClick = useCallback((_: unknown, edge: Edge) => setChosenEdges(new Set([edge.id])), []);
  const toCanvas = useCallback(() => root.current?.focus({ preventScroll: true }), []);
  const onPaneClick = useCallback(() => {
    setChosenEdges(nobody);
    toCanvas();
  }, [toCanvas]);

  const onWire = useCallback(({ source, target }: Connection) => latest.current.onConnect(source, target), []);
  const fitsTogether = useCallback(({ source, target }: Connection | Edge) => refusal(latest.current.graph, source, target) === null, []);
  const onConnectStart = useCallback<OnConnectStart>((_, { nodeId, handleType }) => setWire(nodeId === null ? null : { node: nodeId, side: handleType === 'target' ? 'before' : 'after' }), []);
  const onConnectEnd = useCallback<OnConnectEnd>(
    (event, { fromNode, fromHandle, toNode, isValid }) => {
      setWire(null);
      const at = 'changedTouches' in event ? event.changedTouches[0] : event;
      if (!fromNode || !at || isValid) return;
      const pending: Wire = { node: fromNode.id, side: fromHandle?.type === 'target' ? 'before' : 'after' };
      const under = document.elementFromPoint(at.clientX, at.clientY);
      // A step is meant as a whole, not only its small end.
      const other = toNode?.id ?? under?.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
      if (other === fromNode.id) return;
      if (other !== undefined) latest.current.onConnect(...orderOf(pending, other));
      else if (root.current?.contains(under)) latest.current.onPalette({ x: at.clientX, y: at.clientY, pending, spot: flow.screenToFlowPosition({ x: at.clientX, y: at.clientY }) });
    },
    [flow],
  );

  const beside = (id: string) => {
    const box = root.current?.querySelector(`.react-flow__node[data-id="${CSS.escape(id)}"]`)?.getBoundingClientRect();
    return box ? { x: box.right + 40, y: box.top } : center();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    if (!(event.target instanceof Element) || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName) || event.altKey) return;
    const at = event.target.closest<HTMLElement>('.react-flow__node')?.dataset['id'];
    const wire = event.target.closest<HTMLElement>('.react-flow__edge')?.dataset['id'];
    const mod = event.ctrlKey || event.metaKey;
    const moved = selected.size > 0 && (at === undefined || selected.has(at)) ? selected : new Set(at === undefined ? [] : [at]);
    const arrows: Record<string, [number, number]> = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
    const arrow = arrows[event.key];
    const onButton = event.target.closest('button, a') !== null;
    if (arrow && moved.size > 0 && !mod) {
      const far = step * (event.shiftKey ? 4 : 1);
      onPlace(new Map(graph.nodes.filter((node) => moved.has(node.id)).map((node) => [node.id, { x: node.x + arrow[0] * far, y: node.y + arrow[1] * far }])), 'arrows');
    } else if (event.key === ' ' && !onButton) onPalette({ ...(at === undefined ? (pointer.current ?? center()) : beside(at)), pending: at === undefined ? null : { node: at, side: 'after' }, spot: null });
    else if (event.key === 'Enter' && at !== undefined) onOpen(at);
    else if (event.key.toLowerCase() === 'c' && !mod && at !== undefined) onPalette({ ...beside(at), pending: { node: at, side: 'after' }, spot: null });
    else if ((event.key === 'Delete' || event.key === 'Backspace') && !onButton) onRemove(wire === undefined ? moved : new Set(), wire === undefined ? chosenEdges : new Set([wire]));
    else if (event.key.toLowerCase() === 'a' && mod) onSelect(new Set(graph.nodes.map((node) => node.id)));
    else if (event.key === 'Escape') onSelect(new Set());
    else return;
    event.preventDefault();
  };

  // Nothing has the focus: the whole page is the canvas then.
  useEffect(() => {
    const onSpace = (event: globalThis.KeyboardEvent) => {
      if (event.key !== ' ' || event.target !== document.body || document.querySelector('dialog[open]')) return;
      event.preventDefault();
      latest.current.onPalette({ ...(pointer.current ?? center()), pending: null, spot: null });
    };
    window.addEventListener('keydown', onSpace);
    return () => window.removeEventListener('keydown', onSpace);
  }, [center]);

  // A drag draws this component at every frame, and none of these.
  const furniture = useMemo(
    () => (
      <>
          <Background variant={BackgroundVariant.Dots} gap={24} size={1.5} color="var(--line-2)" />
          <WorkflowMap />
          <Zoom still={still} />
      </>
    ),
    [still],
  );

  return (
    // The keys belong to the nodes within as well.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <div
      ref={root}
      // Where the keys go while no node has the focus.
      // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex
      tabIndex={0}
      role="group"
      aria-label="Canvas. Space adds a step."
      className="absolute inset-0 focus-visible:-outline-offset-2"
      onKeyDown={onKeyDown}
      onPointerDownCapture={onPointerDown}
      onPointerMove={(event: PointerEvent) => (pointer.current = { x: event.clientX, y: event.clientY })}
      onPointerLeave={() => (pointer.current = null)}
    >
      <ReactFlow<StepNode>
        aria-label="Workflow canvas"
        nodes={nodes}
        edges={edges}
        nodeTypes={nodeTypes}
        edgeTypes={edgeTypes}
        onNodesChange={onNodesChange}
        onNodeDragStart={onDragged}
        onNodeDragStop={onMoved}
        onSelectionDragStart={onDragged}
        onSelectionDragStop={onSelectionMoved}
        onSelectionEnd={toCanvas}
        onNodeDoubleClick={onNodeDoubleClick}
        onEdgeClick={onEdgeClick}
        onPaneClick={onPaneClick}
        onConnect={onWire}
        onConnectStart={onConnectStart}
        onConnectEnd={onConnectEnd}
        connectOnClick={false}
        isValidConnection={fitsTogether}
        connectionRadius={28}
        connectionLineStyle={lineStyle}
        multiSelectionKeyCode={addingKeys}
        selectionMode={SelectionMode.Partial}
        deleteKeyCode={null}
        panActivationKeyCode={null}
        zoomActivationKeyCode={null}
        disableKeyboardA11y
        minZoom={0.1}
        maxZoom={2}
        fitView={begins}
        fitViewOptions={fitView}
        proOptions={options}
        style={flowStyle}
      >
        {furniture}
      </ReactFlow>
      {children}
    </div>
  );
}

function Zoom({ still }: { still: boolean }) {
  const flow = useReactFlow();
  const duration = still ? 0 : 180;
  return (
    <div className="absolute bottom-3 left-3 z-5 flex items-center rounded-card border border-line-2 bg-panel p-1">
      <IconButton small label="Zoom out" onClick={() => void flow.zoomOut({ duration })}>
        <Minus className="size-4" />
      </IconButton>
      <Percent />
      <IconButton small label="Zoom in" onClick={() => void flow.zoomIn({ duration })}>
        <Plus className="size-4" />
      </IconButton>
      <IconButton small label="Show all of it" onClick={() => void flow.fitView({ ...fitView, duration })}>
        <Maximize className="size-4" />
      </IconButton>
    </div>
  );
}

function Percent() {
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return <span className="w-11 text-center text-small tabular-nums text-ink-2">{percent}%</span>;
}
