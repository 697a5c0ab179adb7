import type { Lineage } from '@/domain/api';
import { nameOf } from '@/domain/draft/build-request';
import { draftFromOutput, type RunOfOutput } from '@/domain/draft/from-output';
import { graphFromDrafts } from './from-pipelines';
import type { Graph, GraphNode } from './graph';

/** The way one output was made, drawn: its photo, its words, its models and settings, and its seeds, once each. Run as it is, it makes the same again. */
export function graphFromOutput(lineage: Lineage, run: RunOfOutput): { graph: Graph; missing: string[] } {
  const { draft, missing } = draftFromOutput(lineage, run);
  const made = lineage.chain.filter((node) => node.pipeline_id === run.id);
  const seeded = (node: GraphNode): GraphNode => {
    const kind = node.kind === 'generate_images' ? 'image' : node.kind === 'generate_videos' ? 'video' : null;
    const own = made.findLast((one) => one.kind === kind);
    return own ? ({ ...node, config: { ...node.config, count: 1, seed: own.seed } } as GraphNode) : node;
  };
  const graph = graphFromDrafts(nameOf(draft), [draft]);
  const asked = made.flatMap(({ parameters }) => parameters ?? []);
  const lost = [asked.some(({ negative_prompt }) => negative_prompt) && 'what it should not show', asked.some(({ audio }) => audio) && 'its sound'].filter(Boolean);
  return { graph: { ...graph, nodes: graph.nodes.map(seeded) }, missing: lost.length > 0 ? [...missing, `A workflow cannot ask for ${lost.join(' and ')} yet.`] : missing };
}
