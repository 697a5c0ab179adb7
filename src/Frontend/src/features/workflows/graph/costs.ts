import type { Estimate } from '@/domain/api';
import { pathOf, stepTypeOf, type Branch } from './branches';
import type { Graph } from './graph';

export interface NodeCost {
  /** Outputs of this node, over all branches it is in. */
  count: number;
  unit: string;
  amount: number;
  branches: number;
}

export interface GraphCost {
  nodes: ReadonlyMap<string, NodeCost>;
  /** The most that all branches cost together. */
  total: number;
  /** Of it, what is paid before the first stop of each branch. */
  now: number;
  /** Less than the total, for what is there already. */
  saves: number;
  /** `30 images + 30 videos`, by unit. */
  outputs: readonly { unit: string; count: number }[];
  /** Every branch has a price. */
  complete: boolean;
  /** The one branch's own words, which the server rounded; null where several add up. */
  display: string | null;
}

/**
 * What each node and the whole cost, by the branches' own estimates. A step that branches share is made once where results are taken again and its
 * prompts are the same words in each; what an enhancer writes it writes for each branch.
 */
export function costsOf(graph: Graph, branches: readonly Branch[], estimates: readonly (Estimate | undefined)[]): GraphCost {
  const nodes = new Map<string, NodeCost>();
  const seen = new Set<string>();
  const outputs = new Map<string, number>();
  let [total, now, saves] = [0, 0, 0];
  branches.forEach((branch, at) => {
    const estimate = estimates[at];
    if (!estimate) return;
    let stopped = false;
    let way = branch.upload.id;
    for (const node of pathOf(branch)) {
      const line = estimate.steps.find((step) => step.step_type === stepTypeOf[node.kind]);
      if (!line) continue;
      way += `.${node.id}`;
      const shared = graph.reuse && branch.enhance === null && line.step_type !== 'prompt_enhance' && seen.has(way);
      seen.add(way);
      const before = nodes.get(node.id);
      nodes.set(node.id, {
        count: (before?.count ?? 0) + (shared ? 0 : line.count),
        unit: line.unit,
        amount: (before?.amount ?? 0) + (shared ? 0 : line.amount),
        branches: (before?.branches ?? 0) + 1,
      });
      if (shared) continue;
      total += line.amount;
      if (!stopped) now += line.amount;
      if (line.unit !== 'prompt') outputs.set(line.unit, (outputs.get(line.unit) ?? 0) + line.count);
      stopped ||= graph.run === 'manual' || (graph.run === 'checkpoint' && node.pause);
    }
    saves += estimate.reuse_quote?.saves ?? 0;
  });
  for (const branch of branches) nodes.set(branch.upload.id, { count: branch.upload.config.images.length, unit: 'photo', amount: 0, branches: 1 });
  const [only] = estimates;
  return {
    nodes,
    total,
    now,
    saves: Math.min(saves, total),
    outputs: [...outputs].map(([unit, count]) => ({ unit, count })),
    complete: branches.length > 0 && estimates.length === branches.length && estimates.every((estimate) => estimate !== undefined),
    display: branches.length === 1 && only ? only.total_display : null,
  };
}
