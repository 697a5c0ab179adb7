import { memo, useCallback, useMemo } from 'react';
import { formatMoney } from '@/domain/costs/format-money';
import type { Model } from '@/domain/api';
import { pathOf } from '../graph/branches';
import { costsOf } from '../graph/costs';
import type { Graph, GraphNode } from '../graph/graph';
import { reuseWords } from './describe';
import { NodeSettings } from './node-settings';
import type { PricedBranch, Prices } from './use-prices';
import type { Change } from './use-workflow';

interface StepPanelProps {
  graph: Graph;
  node: GraphNode;
  models: readonly Model[];
  prices: Prices;
  stale: string | undefined;
  change: Change;
  /** The workflow has run before, so that a part of it can run again. */
  ran: boolean;
  onRun: (branches: readonly PricedBranch[]) => void;
  onRemove: (nodes: ReadonlySet<string>, edges: ReadonlySet<string>) => void;
}

/** One step with its settings, and what running the branches through it costs. */
export const StepPanel = memo(function StepPanel({ graph, node, models, prices, stale, change, ran, onRun, onRemove }: StepPanelProps) {
  const { id, kind } = node;
  const runFrom = useMemo(() => {
    const through = prices.branches.filter(({ branch }) => pathOf(branch).some((one) => one.id === id));
    const cost = costsOf(graph, through.map(({ branch }) => branch), through.map(({ estimate }) => estimate));
    const blocked = prices.problems.some((problem) => problem.node === null || through.some(({ branch }) => pathOf(branch).some((one) => one.id === problem.node)));
    const writesPrompts = through.some(({ branch }) => pathOf(branch).some((one) => one.kind === 'enhance_prompts'));
    return kind !== 'upload_images' && ran && through.length > 0 && cost.complete && !blocked
      ? { price: formatMoney(cost.total - cost.saves), reused: reuseWords(graph.reuse, cost.saves, writesPrompts), stale: prices.stale, run: () => onRun(through) }
      : null;
  }, [graph, id, kind, prices, ran, onRun]);
  const removeIt = useCallback(() => onRemove(new Set([id]), new Set()), [onRemove, id]);
  return (
    <div data-step-settings={id}>
      <NodeSettings graph={graph} node={node} models={models} problems={prices.problems} stale={stale} change={change} runFrom={runFrom} onRemove={removeIt} />
    </div>
  );
});
