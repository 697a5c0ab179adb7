import { useReactFlow, useStore, type ReactFlowState } from '@xyflow/react';
import { useRef, type PointerEvent } from 'react';
import { nodeKinds, nodeSize, type NodeKind } from '../graph/graph';
import type { StepNode } from './canvas';
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
  const steps = nodes.map(boxOf);
  const whole = around([...steps, view]);
  const scale = Math.max(whole.width / size.width, whole.height / size.height) * (1 + 2 * margin);
  const shown = { x: whole.x + (whole.width - size.width * scale) / 2, y: whole.y + (whole.height - size.height * scale) / 2, width: size.width * scale, height: size.height * scale };
  const kinds = nodes.map(({ data }) => data.view.kind);

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
      role="img"
      aria-label="Map of the workflow"
      {...size}
      viewBox={`${shown.x} ${shown.y} ${shown.width} ${shown.height}`}
      className="absolute right-4 bottom-4 z-5 cursor-grab touch-none rounded-card border border-line-2 bg-panel active:cursor-grabbing max-xl:hidden"
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={letGo}
      onPointerCancel={letGo}
    >
      {nodeKinds.map((kind) => (
        <path key={kind} shapeRendering="crispEdges" fill={kindLooks[kind].wire} d={outlines(steps, kinds, kind)} />
      ))}
      <path fill="var(--scrim)" fillRule="evenodd" d={outline(shown) + outline(view)} />
    </svg>
  );
}

const boxOf = ({ position, measured }: StepNode): Box => ({ ...position, width: measured?.width ?? nodeSize.width, height: measured?.height ?? nodeSize.height });

const outline = ({ x, y, width, height }: Box) => `M${x},${y}h${width}v${height}h${-width}z`;

const outlines = (boxes: readonly Box[], kinds: readonly NodeKind[], kind: NodeKind) => boxes.filter((_, at) => kinds[at] === kind).map(outline).join('');

const within = ({ x, y }: { x: number; y: number }, box: Box) => x >= box.x && x <= box.x + box.width && y >= box.y && y <= box.y + box.height;

function around(boxes: readonly Box[]): Box {
  const [left, top] = [Math.min(...boxes.map(({ x }) => x)), Math.min(...boxes.map(({ y }) => y))];
  return { x: left, y: top, width: Math.max(...boxes.map(({ x, width }) => x + width)) - left, height: Math.max(...boxes.map(({ y, height }) => y + height)) - top };
}
