import { useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import { useRef, type PointerEvent } from 'react';
import { nodeKinds, nodeSize } from '../graph/graph';
import type { StepNode } from './canvas';
import { anyStep, useDragged, type Dragged } from './dragged';
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
const transformOf = (state: ReactFlowState) => state.transform;
const widthOf = (state: ReactFlowState) => state.width;
const heightOf = (state: ReactFlowState) => state.height;

/**
 * All of a workflow at a glance, and what of it is in view; whoever drags on it moves the view.
 *
 * It listens to the canvas once for all steps and draws one shape for each kind: a drag of one of a hundred costs it next to nothing.
 */
export function WorkflowMap() {
  const flow = useReactFlow();
  const nodes = useStore(nodesOf);
  const [x, y, zoom] = useStore(transformOf);
  const view = { x: -x / zoom, y: -y / zoom, width: useStore(widthOf) / zoom, height: useStore(heightOf) / zoom };
  const { shown, scale, lines } = drawn(nodes, view, new Map());

  const map = useRef<SVGSVGElement>(null);
  useDragged(anyStep, anyStep, (_, { places }) => {
    const now = drawn(nodes, view, places);
    map.current?.setAttribute('viewBox', viewBox(now.shown));
    for (const [at, path] of [...(map.current?.children ?? [])].entries()) path.setAttribute('d', now.lines[at] ?? '');
  });

  const from = useRef<{ x: number; y: number } | null>(null);
  const onPointerDown = ({ button, pointerId, currentTarget, clientX, clientY }: PointerEvent<SVGSVGElement>) => {
    if (button !== 0) return;
    currentTarget.setPointerCapture(pointerId);
    from.current = { x: clientX, y: clientY };
    const corner = currentTarget.getBoundingClientRect();
    const at = { x: shown.x + (clientX - corner.left) * scale, y: shown.y + (clientY - corner.top) * scale };
    if (!within(at, view)) void flow.setCenter(at.x, at.y, { zoom });
  };
  const onPointerMove = ({ clientX, clientY }: PointerEvent) => {
    if (!from.current) return;
    const now = flow.getViewport();
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
      viewBox={viewBox(shown)}
      className="absolute right-4 bottom-4 z-5 cursor-grab touch-none rounded-card border border-line-2 bg-panel active:cursor-grabbing max-xl:hidden"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {nodeKinds.map((kind, at) => (
        <path key={kind} shapeRendering="crispEdges" fill={kindLooks[kind].wire} d={lines[at]} />
      ))}
      <path fill="var(--scrim)" fillRule="evenodd" d={lines.at(-1)} />
    </svg>
  );
}

/** What the map shows of the canvas, how many pixels of it are one of the map, and the outlines of each kind of step and, last, of all that is not in view. */
function drawn(nodes: readonly StepNode[], view: Box, places: Dragged['places']) {
  const steps = nodes.map(({ id, position, measured, data }) => ({
    ...(places.get(id) ?? position), kind: data.view.kind, width: measured?.width ?? nodeSize.width, height: measured?.height ?? nodeSize.height,
  }));
  const whole = around([...steps, view]);
  const scale = Math.max(whole.width / size.width, whole.height / size.height) * (1 + 2 * margin);
  const [width, height] = [size.width * scale, size.height * scale];
  const shown = { x: whole.x + (whole.width - width) / 2, y: whole.y + (whole.height - height) / 2, width, height };
  const kinds = nodeKinds.map((kind) => steps.filter((step) => step.kind === kind).map(outline).join(''));
  return { shown, scale, lines: [...kinds, outline(shown) + outline(view)] };
}

const viewBox = ({ x, y, width, height }: Box) => `${x} ${y} ${width} ${height}`;

const outline = ({ x, y, width, height }: Box) => `M${x},${y}h${width}v${height}h${-width}z`;

const within = ({ x, y }: { x: number; y: number }, box: Box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function around(boxes: readonly Box[]): Box {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  return { x: left, y: top, width: Math.max(...boxes.map(({ x, width }) => x + width)) - left, height: Math.max(...boxes.map(({ y, height }) => y + height)) - top };
}
