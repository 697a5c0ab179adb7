import { memo, useRef, useState } from 'react';
import { GoButton } from '@/domain/costs/go-button';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { Popover } from '@/ui/popover';
import type { GraphCost } from '../graph/costs';
import { nodeTitles, type GraphProblem } from '../graph/problems';
import type { Graph } from '../graph/graph';

interface RunButtonProps {
  graph: Graph;
  problems: readonly GraphProblem[];
  cost: GraphCost;
  branches: number;
  stale: boolean;
  starting: boolean;
  onRun: () => void;
  onShow: (problem: GraphProblem) => void;
}

export const titleAt = (graph: Graph, problem: GraphProblem) => {
  const node = graph.nodes.find((one) => one.id === problem.node);
  return node ? nodeTitles[node.kind] : 'Workflow';
};

/** Starts every branch, or lists what is in the way, each reason a link to its step. */
export const RunButton = memo(function RunButton({ graph, problems, cost, branches, stale, starting, onRun, onShow }: RunButtonProps) {
  const [open, setOpen] = useState(false);
  const chosen = useRef<GraphProblem | null>(null);
  if (problems.length > 0) {
    return (
      <Popover
        label="What is missing"
        side="top"
        align="end"
        open={open}
        onOpenChange={setOpen}
        onCloseFocus={(event) => {
          if (chosen.current === null) return;
          event.preventDefault();
          onShow(chosen.current);
          chosen.current = null;
        }}
        className="max-h-96 w-80 overflow-y-auto p-2"
        trigger={<GoButton blocked verb="Run" scope={`${count(problems.length, 'thing')} to fix first`} price={null} onPress={() => undefined} />}
      >
        <ul>
          {problems.map((problem) => (
            <li key={`${problem.node}${problem.field}${problem.message}`}>
              <button
                type="button"
                className="w-full rounded-m px-3 py-2 text-body hover:bg-hover max-lg:min-h-11"
                onClick={() => {
                  chosen.current = problem;
                  setOpen(false);
                }}
              >
                <span className="block text-small text-ink-3">{titleAt(graph, problem)}</span>
                {problem.message}
              </button>
            </li>
          ))}
        </ul>
      </Popover>
    );
  }
  const later = cost.total - cost.now;
  const stops = later > 1e-9;
  const outputs = cost.outputs.map(({ unit, count: n }) => count(n, unit)).join(' + ');
  const price = stops ? formatMoney(cost.now) : (cost.display ?? formatMoney(cost.total));
  return (
    <GoButton
      verb={starting ? 'Queuing…' : stops ? 'Run to the pause' : 'Run'}
      scope={!cost.complete ? 'Working out the price' : stops ? `then up to ${formatMoney(later)} more` : `${outputs}${branches > 1 ? ` in ${branches} branches` : ''}`}
      price={cost.complete ? price : null}
      stale={stale}
      busy={starting}
      onPress={onRun}
    />
  );
});
