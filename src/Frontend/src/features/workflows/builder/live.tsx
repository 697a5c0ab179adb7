import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type { Pipeline, Step } from '@/domain/api';
import { pipelineQuery } from '@/domain/pipelines/queries';
import { isOver, type LiveRun } from '@/domain/progress/progress-reducer';
import { useLiveRun } from '@/domain/progress/use-live-run';
import type { LastRun, RunBranch } from '../drafts';
import type { LiveNode } from './card';
import { branchEstimates } from './use-prices';

/** Branches of a run that are followed by their feeds. */
export const mostFeeds = 8;

const lookEveryMs = 3_000;

export interface BranchState {
  pipeline: Pipeline;
  live: LiveRun | null;
}

interface WatchProps {
  branch: RunBranch;
  /** By its feed; else by a look every few seconds, since sockets are few. */
  fed: boolean;
  onState: (id: number, state: BranchState) => void;
}

/** Looks after one branch of the run that is drawn; shows nothing itself. */
export function BranchWatch({ branch, fed, onState }: WatchProps) {
  const { data } = useQuery({ ...pipelineQuery(branch.pipelineId), refetchInterval: ({ state }) => (fed || (state.data && isOver(state.data.status)) ? false : lookEveryMs) });
  useEffect(() => {
    if (data) onState(branch.pipelineId, { pipeline: data, live: null });
  }, [branch.pipelineId, data, onState]);
  const over = data && isOver(data.status);
  const before = useRef(over);
  const client = useQueryClient();
  useEffect(() => {
    // What it made may be had at no cost from now on.
    if (before.current === false && over) void client.invalidateQueries({ queryKey: branchEstimates });
    before.current = over;
  }, [client, over]);
  // What is over has nothing more to tell.
  return data === undefined || over || !fed ? null : <Feed pipeline={data} onState={onState} />;
}

function Feed({ pipeline, onState }: { pipeline: Pipeline; onState: WatchProps['onState'] }) {
  const { live } = useLiveRun(pipeline.id);
  useEffect(() => onState(pipeline.id, { pipeline, live }), [pipeline, live, onState]);
  return null;
}

const words: Record<Step['status'], string> = {
  pending: 'Waiting', running: 'Running', review: 'Waiting for your review', completed: 'Done', failed: 'Failed', skipped: 'Left out', cancelled: 'Cancelled',
};
// Of several branches the one that needs a person, or is at work, speaks for the node.
const order: readonly Step['status'][] = ['review', 'running', 'failed', 'pending', 'cancelled', 'completed', 'skipped'];

/** How far each node of a run is, over all branches it is in. */
export function liveNodes(run: LastRun | null, states: ReadonlyMap<number, BranchState>): ReadonlyMap<string, LiveNode> {
  const found = new Map<string, LiveNode & { status: Step['status'] }>();
  for (const branch of run?.branches ?? []) {
    const state = states.get(branch.pipelineId);
    if (!state) continue;
    for (const [node, type] of Object.entries(branch.steps)) {
      const step = state.pipeline.steps.find((candidate) => candidate.step_type === type);
      if (!step) continue;
      const told = state.live?.steps[step.id];
      const before = found.get(node);
      const status = before && order.indexOf(before.status) < order.indexOf(step.status) ? before.status : step.status;
      found.set(node, {
        status,
        words: words[status],
        done: (before?.done ?? 0) + Math.max(step.progress.succeeded, told?.outputs ?? 0),
        total: (before?.total ?? 0) + (told?.total ?? step.progress.total),
        failed: (before?.failed ?? 0) + step.progress.failed,
        over: (before?.over ?? true) && isOver(state.pipeline.status),
      });
    }
  }
  return found;
}

/** The first pictures that a node has made in the run. */
export function picturesOf(run: LastRun | null, states: ReadonlyMap<number, BranchState>, node: string): { urls: string[]; total: number } {
  const outputs = (run?.branches ?? []).flatMap((branch) => {
    const step = states.get(branch.pipelineId)?.pipeline.steps.find((candidate) => candidate.step_type === branch.steps[node]);
    return step && step.step_type !== 'prompt_enhance' ? [step] : [];
  });
  const urls = outputs.flatMap((step) => step.outputs.flatMap((output) => (output.thumbnail_url ? [`${output.thumbnail_url}?w=160`] : [])));
  return { urls: urls.slice(0, 3), total: outputs.reduce((sum, step) => sum + step.outputs_total, 0) };
}
