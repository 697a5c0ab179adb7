import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { Output } from '@/domain/api';
import { outputsQuery, pipelineQuery } from '@/domain/pipelines/queries';
import { useLiveRun } from '@/domain/progress/use-live-run';
import { viewRun } from './run-view';

/** A run as it is now: what was fetched, with the feed laid over it. */
export function useRun(id: number) {
  const pipeline = useQuery(pipelineQuery(id));
  const { live, feed, forget } = useLiveRun(id);
  const withOutputs = pipeline.data?.steps.filter((step) => step.outputs_total > 0 || step.progress.succeeded > 0) ?? [];
  const lists = useQueries({ queries: withOutputs.map((step) => outputsQuery(id, step.id)) });

  // The result array is new on every render; the stamps say when one of the lists really changed.
  const stamp = withOutputs.map((step, index) => `${step.id}:${lists[index]?.dataUpdatedAt ?? 0}`).join();
  const outputs = useMemo(() => {
    const byStep: Record<number, Output[]> = {};
    withOutputs.forEach((step, index) => {
      const data = lists[index]?.data;
      if (data) byStep[step.id] = data;
    });
    return byStep;
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stamp]);
  const view = useMemo(() => (pipeline.data ? viewRun(pipeline.data, live, outputs) : undefined), [pipeline.data, live, outputs]);

  useEffect(() => forget(new Set(Object.values(outputs).flatMap((list) => list.map((output) => output.id)))), [forget, outputs]);

  return { pipeline, view, live, feed, outputs };
}
