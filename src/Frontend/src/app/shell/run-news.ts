import type { PipelineStatus, PipelineSummary } from '@/domain/api';
import { count } from '@/domain/count';

export interface RunNews {
  id: number;
  tone: 'good' | 'bad';
  title: string;
  detail?: string;
  /** Trying again is a way on. */
  retry: boolean;
}

const nameOf = (run: PipelineSummary) => `“${run.name || `Run ${run.id}`}”`;

function newsOf(run: PipelineSummary): RunNews | null {
  const { failed } = run.progress;
  const lost = failed > 0 ? { detail: `${count(failed, 'output')} failed, at no cost.` } : {};
  switch (run.status) {
    case 'completed':
      return { id: run.id, tone: failed > 0 ? 'bad' : 'good', title: failed > 0 ? `${nameOf(run)} is done, not all of it` : `${nameOf(run)} is done`, ...lost, retry: failed > 0 };
    case 'failed':
      return { id: run.id, tone: 'bad', title: `${nameOf(run)} failed`, detail: 'What failed costs nothing.', retry: true };
    case 'paused':
      // A person's own pause is no news to them.
      if (run.status_reason === 'review') return { id: run.id, tone: 'good', title: `${nameOf(run)} waits for your review`, retry: false };
      if (run.status_reason === 'budget') return { id: run.id, tone: 'bad', title: `${nameOf(run)} paused at its budget`, detail: 'Raise it to go on.', retry: false };
      return run.status_reason === 'user' ? null : { id: run.id, tone: 'bad', title: `${nameOf(run)} paused`, detail: 'Its provider does not take work now.', retry: false };
    default:
      return null;
  }
}

/** What a person should hear of runs that were under way when last looked at. */
export function newsSince(before: ReadonlyMap<number, PipelineStatus>, runs: readonly PipelineSummary[]): RunNews[] {
  return runs.flatMap((run) => {
    const was = before.get(run.id);
    const news = (was === 'running' || was === 'pending') && was !== run.status ? newsOf(run) : null;
    return news ? [news] : [];
  });
}

export const statusesOf = (runs: readonly PipelineSummary[]): Map<number, PipelineStatus> => new Map(runs.map((run) => [run.id, run.status]));
