import { TriangleAlert } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { memo } from 'react';
import type { Model } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { pickModel } from '@/domain/models/capabilities';
import { paths } from '@/domain/paths';
import { statusWords } from '@/domain/pipelines/status';
import { when } from '@/domain/time';
import { buttonClass } from '@/ui/button';
import { CheckRow, Switch } from '@/ui/controls';
import { Segmented } from '@/ui/radio-group';
import { Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';
import type { LastRun } from '../drafts';
import { pathOf, stepTypeOf } from '../graph/branches';
import { pauseAfter, type Graph } from '../graph/graph';
import { nodeTitles, type GraphProblem } from '../graph/problems';
import { countOf, priceOf } from './describe';
import type { BranchState } from './live';
import { titleAt } from './run-button';
import type { Prices } from './use-prices';
import type { Change } from './use-workflow';

const runs = [
  { value: 'auto', label: 'Auto' },
  { value: 'checkpoint', label: 'Checkpoint' },
  { value: 'manual', label: 'Manual' },
] as const;

const meaning: Record<Graph['run'], string> = {
  auto: 'Goes through to the end.',
  checkpoint: 'Stops where you tick, so that you pick what goes on.',
  manual: 'Stops after every step; you start the next one.',
};

interface SummaryProps {
  graph: Graph;
  prices: Prices;
  change: Change;
  run: LastRun | null;
  states: ReadonlyMap<number, BranchState>;
  models: readonly Model[];
  onShow: (problem: GraphProblem) => void;
}

/** The most that each branch may spend. */
function Budget({ graph: { budget }, prices, change }: Pick<SummaryProps, 'graph' | 'prices' | 'change'>) {
  const dearest = Math.max(0, ...prices.branches.map(({ estimate }) => estimate?.total ?? 0));
  const faults = prices.problems.filter((problem) => problem.field === 'budget');
  return (
    <div id="budget" className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center gap-2.5">
        <div className="flex-1">
          <CheckRow label={prices.branches.length > 1 ? 'Spend at most, each branch' : 'Spend at most'} checked={budget !== null} onChange={(on) => change((now) => ({ ...now, budget: on ? Math.max(1, Math.ceil(dearest)) : null }))} />
        </div>
        {budget !== null && (
          <span className="flex h-8 w-24 items-center rounded-c border border-control bg-surface px-2.5 max-lg:h-11">
            $
            <input
              type="number"
              aria-label="Spend at most, in US dollars"
              min={0.01}
              step={0.5}
              value={budget}
              onChange={({ target }) => target.valueAsNumber > 0 && change((now) => ({ ...now, budget: target.valueAsNumber }), 'budget')}
              className="w-full min-w-0 [appearance:textfield] bg-transparent text-right outline-none"
            />
          </span>
        )}
      </div>
      {budget !== null && prices.branches.length > 1 && (
        <p className="text-small text-ink-3">
          It holds for each of the {prices.branches.length} branches: together they may spend up to {formatMoney(budget * prices.branches.length)}.
        </p>
      )}
      {budget !== null && dearest > budget && <p className="text-small text-warn">A branch costs up to {formatMoney(dearest)}. It pauses before it would pass {formatMoney(budget)}.</p>}
      {faults.map((fault) => (
        <p key={fault.message} className="text-small text-danger">
          {fault.message}
        </p>
      ))}
    </div>
  );
}

/** The whole of a workflow: what it makes step by step, how it runs, what is in the way. */
export const Summary = memo(function Summary({ graph, prices, models, change, run, states, onShow }: SummaryProps) {
  const { branches, cost, problems, stale } = prices;
  const used = graph.nodes.flatMap((node) => (node.kind === 'generate_images' ? [pickModel(models, 'image', node.config.model)] : node.kind === 'generate_videos' ? [pickModel(models, 'video', node.config.model)] : []));
  const simulated = used.length > 0 && used.every((model) => model?.simulated !== false);
  const shared = branches.reduce((sum, { estimate }) => sum + (estimate?.total ?? 0), 0) - cost.total;
  const reviewable = graph.nodes.filter((node) => node.kind === 'enhance_prompts' || (node.kind === 'generate_images' && branches.some(({ branch }) => branch.images?.id === node.id && branch.videos)));
  const paired = branches.some(({ branch, request }) => branch.upload.config.images.length > 1 && (request?.inputs.prompts.length ?? 0) > 1);
  return (
    <div className="flex flex-col gap-5">
      <section aria-label="Dry run" aria-busy={stale} className="flex flex-col gap-3">
        <header className="flex items-center gap-2">
          <h2 className="text-head">Dry run</h2>
          <Tag tone="dashed" className="ml-auto">
            Nothing is made or paid
          </Tag>
        </header>
        {branches.length === 0 ? (
          <p className="text-small text-ink-3">A branch is a way from photos to images or videos. Draw one to see what it makes and costs.</p>
        ) : (
          branches.map(({ branch, estimate }, at) => (
            <ul key={branch.key} aria-label={branches.length > 1 ? `Branch ${at + 1}` : 'Steps'} className="flex flex-col gap-1 border-l border-line-2 pl-3">
              {branches.length > 1 && <li className="text-tiny text-ink-3">Branch {at + 1}</li>}
              {pathOf(branch).map((node, depth) => {
                const line = estimate?.steps.find((step) => step.step_type === stepTypeOf[node.kind]);
                return (
                  <li key={node.id} className="flex items-baseline gap-2 text-small" style={{ paddingLeft: depth * 10 }}>
                    <span className="min-w-0 flex-1 truncate text-ink-2">{node.kind === 'upload_images' ? countOf(node, undefined) : line ? count(line.count, line.unit) : nodeTitles[node.kind]}</span>
                    <span className="tabular-nums text-ink">{node.kind === 'upload_images' ? 'free' : line ? formatMoney(line.amount) : '–'}</span>
                  </li>
                );
              })}
            </ul>
          ))
        )}
        {branches.length > 0 &&
          (cost.complete ? (
            <p className="flex items-baseline gap-2 border-t border-line pt-2.5">
              <span className="text-body text-ink-2">All of it, at most</span>
              <b className="ml-auto font-display text-figure tabular-nums">{cost.display ?? formatMoney(cost.total)}</b>
            </p>
          ) : problems.length === 0 ? (
            <Skeleton className="h-8" />
          ) : null)}
        {cost.complete && shared > 1e-9 && <p className="text-small text-ink-3">What branches share is made once: {formatMoney(shared)} less than one by one.</p>}
        {cost.saves > 0 && <p className="text-small text-success">{formatMoney(cost.saves)} of it is there already and is taken again at no cost.</p>}
        {simulated && branches.length > 0 && <p className="text-small text-ink-3">Played by the demo renderer: nothing is charged.</p>}
      </section>
      {problems.length > 0 && (
        <section aria-label="Problems" className="flex flex-col gap-1">
          <h2 className="text-head">{count(problems.length, 'thing')} to fix</h2>
          <ul>
            {problems.map((problem) => (
              <li key={`${problem.node}${problem.field}${problem.message}`}>
                <button type="button" onClick={() => onShow(problem)} className="flex w-full gap-2 rounded-m px-2 py-1.75 text-small hover:bg-raised max-lg:min-h-11">
                  <TriangleAlert className="mt-0.5 size-3.5 shrink-0 text-warn" />
                  <span className="min-w-0 flex-1 text-ink-2">
                    <b className="font-[550] text-ink">{titleAt(graph, problem)}</b>: {problem.message}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <section aria-label="How it runs" className="flex flex-col gap-3 border-t border-line pt-4">
        <Segmented small label="Run mode" value={graph.run} options={runs} onChange={(mode) => change((now) => ({ ...now, run: mode }))} />
        <p className="text-small text-ink-3">{meaning[graph.run]}</p>
        {graph.run === 'checkpoint' &&
          (reviewable.length === 0 ? (
            <p className="text-small text-ink-3">Every branch has one step, so there is nowhere to stop.</p>
          ) : (
            reviewable.map((node) => (
              <CheckRow
                key={node.id}
                label={`Pause after ${nodeTitles[node.kind].toLowerCase()}`}
                hint={priceOf(node, cost.nodes.get(node.id))}
                checked={node.pause}
                onChange={(pause) => change((now) => pauseAfter(now, node.id, pause))}
              />
            ))
          ))}
        {graph.run === 'checkpoint' && reviewable.some((node) => node.pause) && (
          <Switch
            label="Rolling review"
            hint="What you pick goes on at once; what you have not judged waits and holds nothing up."
            checked={graph.review === 'rolling'}
            onChange={(rolling) => change((now) => ({ ...now, review: rolling ? 'rolling' : 'gathered' }))}
          />
        )}
        {paired && (
          <Segmented
            small
            label="How photos and prompts meet"
            value={graph.combine}
            options={[
              { value: 'all', label: 'All with all' },
              { value: 'paired', label: 'One to one' },
            ]}
            onChange={(combine) => change((now) => ({ ...now, combine }))}
          />
        )}
        <Budget graph={graph} prices={prices} change={change} />
        <Switch label="Take again what is there" hint="What was made before with the same settings costs nothing." checked={graph.reuse} onChange={(reuse) => change((now) => ({ ...now, reuse }))} />
      </section>
      {run && (
        <section aria-label="Last run" className="flex flex-col gap-1 border-t border-line pt-4">
          <h2 className="text-head">Last run</h2>
          <p className="text-small text-ink-3">{when(run.at, new Date())}</p>
          <ul>
            {run.branches.map(({ pipelineId }) => {
              const pipeline = states.get(pipelineId)?.pipeline;
              const words = pipeline && statusWords(pipeline);
              const waiting = pipeline?.steps.find((step) => step.status === 'review');
              return (
                <li key={pipelineId} className="flex items-center gap-1">
                  <Link to={paths.run} params={{ id: String(pipelineId) }} className="flex min-w-0 flex-1 items-center gap-2 rounded-m px-2 py-1.75 hover:bg-raised max-lg:min-h-11">
                    <span className="min-w-0 flex-1 truncate text-body">{pipeline?.name ?? `Run ${pipelineId}`}</span>
                    {words && <Tag tone={words.tone}>{words.text}</Tag>}
                    {pipeline && <span className="text-small tabular-nums text-ink-3">{formatMoney(pipeline.cost_actual)}</span>}
                  </Link>
                  {waiting && (
                    <Link to={paths.review} params={{ id: String(pipelineId), stepId: String(waiting.id) }} aria-label={`Review ${pipeline?.name ?? `run ${pipelineId}`}`} className={buttonClass('normal', true)}>
                      Review
                    </Link>
                  )}
                </li>
              );
            })}
          </ul>
        </section>
      )}
    </div>
  );
});
