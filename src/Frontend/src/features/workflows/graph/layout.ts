import { fetched } from '@/ui/late';
import { nodeSize, place, type Graph } from './graph';

/** Puts every step to the right of what it needs, with as few crossing wires as can be. */
export async function layOut(graph: Graph): Promise<Graph> {
  const { default: dagre } = await fetched(() => import('@dagrejs/dagre'));
  const drawing = new dagre.graphlib.Graph();
  drawing.setGraph({ rankdir: 'LR', nodesep: 48, ranksep: 88 });
  drawing.setDefaultEdgeLabel(() => ({}));
  for (const { id } of graph.nodes) drawing.setNode(id, { width: nodeSize.width, height: nodeSize.height + 40 });
  for (const { from, to } of graph.edges) drawing.setEdge(from, to);
  dagre.layout(drawing);
  return place(
    graph,
    new Map(
      graph.nodes.map(({ id }) => {
        const at = drawing.node(id);
        return [id, { x: Math.round(at.x - nodeSize.width / 2), y: Math.round(at.y - nodeSize.height / 2) }];
      }),
    ),
  );
}
