import type { PipelineSummary } from '@/domain/api';
import { grouped } from '@/domain/count';
import { isActive } from '@/domain/pipelines/queries';
import { about } from '@/domain/time';

/** The runs under way, added up. */
export function queueOf(pipelines: readonly PipelineSummary[]) {
  const active = pipelines.filter(isActive);
  const sum = (pick: (progress: PipelineSummary['progress']) => number) => active.reduce((total, pipeline) => total + pick(pipeline.progress), 0);
  const etas = active.map((pipeline) => pipeline.progress.eta_sec).filter((eta) => eta !== null);
  return { runs: active.length, first: active[0]?.id ?? null, done: sum((progress) => progress.succeeded), total: sum((progress) => progress.total), etaSec: etas.length > 0 ? Math.max(...etas) : null };
}

export type Queue = ReturnType<typeof queueOf>;

const n = grouped;

/** `3/20 done`. */
export const doneWords = ({ done, total }: Queue) => `${n(done)}/${n(total)} done`;
/** `about 1 min left`; empty while nobody knows. */
export const leftWords = ({ etaSec }: Queue) => (etaSec === null ? '' : `${about(etaSec)} left`);
