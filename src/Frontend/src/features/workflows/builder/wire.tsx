import { BezierEdge, getBezierPath, type EdgeProps } from '@xyflow/react';
import { memo, useRef } from 'react';
import { useDragged } from './dragged';

/** What leads from one step to the next, and follows both while they are dragged. */
export const StepWire = memo(function StepWire(props: EdgeProps) {
  const group = useRef<SVGGElement>(null);
  useDragged(props.source, props.target, (shift) => {
    const [from, to] = [shift(props.source), shift(props.target)];
    const [line] = getBezierPath({ ...props, sourceX: props.sourceX + from.x, sourceY: props.sourceY + from.y, targetX: props.targetX + to.x, targetY: props.targetY + to.y });
    for (const path of group.current?.querySelectorAll('path') ?? []) path.setAttribute('d', line);
    // Its middle goes half as far as one of its ends.
    const label = group.current?.querySelector<SVGGElement>('.react-flow__edge-textwrapper');
    if (label) label.style.translate = `${(from.x + to.x) / 2}px ${(from.y + to.y) / 2}px`;
  });
  return (
    <g ref={group}>
      <BezierEdge {...props} />
    </g>
  );
});
