import { useReactFlow, useStore, useStoreApi, type ReactFlowState } from '@xyflow/react';
import { useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, type PointerEvent } from 'react';
import { nodeKinds, nodeSize } from '../graph/graph';
import type { StepNode } from './canvas';
import { anyStep, DraggedContext, type Dragged } from './dragged';
import { kindLooks } from './kinds';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

const size = { width: 200, height: 150 };
/** Free space around all that is on the map, of its own size. */
const margin = 0.05;

const nodesOf = (state: ReactFlowState) => state.nodes as StepNode[];
const sizeOf = ({ width, height }: ReactFlowState) => `${width} ${height}`;

/**
 * All of a workflow at a glance, and what of it is in view; whoever drags on it moves the view.
 *
 * It listens to the canvas once for all steps and draws one shape for each kind; while a step is dragged or the view moves, it alters these shapes and
 * leaves React out of it.
 */
export function WorkflowMap() {
  const flow = useReactFlow();
  const canvas = useStoreApi();
  const nodes = useStore(nodesOf);
  useStore(sizeOf);
  const dragged = useContext(DraggedContext);
  const map = useRef<SVGSVGElement>(null);
  const still = useMemo(() => shapeOf(nodes, new Map()), [nodes]);

  const draw = useCallback(() => {
    const { steps, lines } = dragged.places.size > 0 ? shapeOf(nodes, dragged.places) : still;
    const view = viewOf(canvas.getState());
    const { shown } = framed(steps, view);
    map.current?.setAttribute('viewBox', `${shown.x} ${shown.y} ${shown.width} ${shown.height}`);
    for (const [at, path] of [...(map.current?.children ?? [])].entries()) {
      const line = lines[at] ?? outline(beyond(shown)) + outline(view);
      if (path.getAttribute('d') !== line) path.setAttribute('d', line);
    }
  }, [canvas, dragged, nodes, still]);
  useLayoutEffect(draw);
  useEffect(() => dragged.on(anyStep, draw), [dragged, draw]);
  useEffect(() => canvas.subscribe((now, before) => now.transform !== before.transform && draw()), [canvas, draw]);

  const from = useRef<{ x: number; y: number } | null>(null);
  const onPointerDown = ({ button, pointerId, currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>) => {
    if (button !== 0) return;
    currentTarget.setPointerCapture(pointerId);
    from.current = { x: clientX, y: clientY };
    const corner = currentTarget.getBoundingClientRect();
    const view = viewOf(canvas.getState());
    const { shown, scale } = framed(still.steps, view);
    const at = { x: shown.x + (clientX - corner.left) * scale, y: shown.y + (clientY - corner.top) * scale };
    if (!within(at, view)) void flow.setCenter(at.x, at.y, { zoom: flow.getZoom() });
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    if (!from.current) return;
    const now = flow.getViewport();
    const { scale } = framed(still.steps, viewOf(canvas.getState()));
    void flow.setViewport({ ...now, x: now.x - (clientX - from.current.x) * scale * now.zoom, y: now.y - (clientY - from.current.y) * scale * now.zoom });
    from.current = { x: clientX, y: clientY };
  };
  const letGo = () => {
    from.current = null;
  };

  return (
    <svg
      ref={map}
      role="img"
      aria-label="Map of the workflow"
      {...size}
      className="absolute right-4 bottom-4 z-5 cursor-grab touch-none rounded-card border border-line-2 bg-panel active:cursor-grabbing max-xl:hidden"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {nodeKinds.map((kind) => (
        <path key={kind} shapeRendering="crispEdges" fill={kindLooks[kind].wire} />
      ))}
      <path fill="var(--bg)" fillOpacity={0.65} fillRule="evenodd" stroke="var(--ink-3)" vectorEffect="non-scaling-stroke" />
    </svg>
  );
}

interface Shape {
  /** The box around all of them; none where there are no steps. */
  steps: readonly Box[];
  /** The outlines of each kind of step. */
  lines: readonly string[];
}

function shapeOf(nodes: readonly StepNode[], places: Dragged['places']): Shape {
  const steps = nodes.map(({ id, position, measured, data: { kind } }) => ({
    ...(places.get(id) ?? position), kind, width: measured?.width ?? nodeSize.width, height: measured?.height ?? nodeSize.height,
  }));
  return { steps: steps.length > 0 ? [around(steps)] : [], lines: nodeKinds.map((kind) => steps.filter((step) => step.kind === kind).map(outline).join('')) };
}

/** What is in view of the canvas. */
function viewOf({ transform: [x, y, zoom], width, height }: ReactFlowState): Box {
  return { x: -x / zoom, y: -y / zoom, width: width / zoom, height: height / zoom };
}

/** What the map shows of the canvas, and how many pixels of it are one of the map. */
function framed(steps: Shape['steps'], view: Box) {
  const whole = around([...steps, view]);
  const scale = Math.max(whole.width / size.width, whole.height / size.height) * (1 + 2 * margin);
  const [width, height] = [size.width * scale, size.height * scale];
  return { shown: { x: whole.x + (whole.width - width) / 2, y: whole.y + (whole.height - height) / 2, width, height }, scale };
}

const outline = ({ x, y, width, height }: Box) => `M${x},${y}h${width}v${height}h${-width}z`;

/** So far out that its edge is not seen. */
const beyond = ({ x, y, width, height }: Box): Box => ({ x: x - width, y: y - height, width: 3 * width, height: 3 * height });

const within = ({ x, y }: { x: number; y: number }, box: Box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function around(boxes: readonly Box[]): Box {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  return { x: left, y: top, width: Math.max(...boxes.map(({ x, width }) => x + width)) - left, height: Math.max(...boxes.map(({ y, height }) => y + height)) - top };
}
