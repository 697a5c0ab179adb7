import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Pipeline, StepEdits } from '@/domain/api';
import { pipelineKeys } from './queries';

export type Control = 'run' | 'pause' | 'cancel' | 'retry';

// A person who presses pause means now: what is being made is finished, nothing new is sent out.
export const controlPipeline = (id: number, control: Control) => api.post(`/pipelines/${id}/${control}`, undefined, { idempotencyKey: newKey(), ...(control === 'pause' && { query: { now: true } }) });

/** Pause, resume, cancel or retry a run. The server's answer is accepted at once; the feed tells the rest. */
export function useControlPipeline(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (control: Control) => controlPipeline(id, control),
    onSettled: () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
  });
}

export function useApproveStep(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ stepId, version, edits }: { stepId: number; version: number; edits: StepEdits }) =>
      api.post(`/pipelines/${id}/steps/${stepId}/approve`, edits, { ifMatch: version, idempotencyKey: newKey() }),
    onSettled: () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
  });
}

/** One more output like this one, with a new seed. */
export function useRerunItem(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ stepId, itemId }: { stepId: number; itemId: number }) =>
      api.post(`/pipelines/${id}/steps/${stepId}/items/${itemId}/rerun`, undefined, { idempotencyKey: newKey() }),
    onSettled: () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
  });
}

/** The same configuration as a new run, started at once unless it costs more than was shown. */
export function useRunAgain() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ id, most }: { id: number; most: number }) => {
      const key = newKey();
      const copy = await api.post<Pipeline>(`/pipelines/${id}/clone`, undefined, { idempotencyKey: key });
      await api.post(`/pipelines/${copy.id}/run`, { max_cost_usd: most }, { idempotencyKey: `${key}-run` });
      return copy;
    },
    onSuccess: () => client.invalidateQueries({ queryKey: pipelineKeys.recent }),
  });
}
