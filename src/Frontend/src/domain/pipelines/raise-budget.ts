import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Pipeline, PipelineRequest } from '@/domain/api';
import { pipelineKeys } from './queries';

/** What a run that stopped at its budget needs to reach its end, in US dollars: its estimate, to the next cent. */
export const budgetToEnd = ({ cost_estimate, cost_actual, budget_usd }: Pick<Pipeline, 'cost_estimate' | 'cost_actual' | 'budget_usd'>) =>
  Math.ceil(Math.max(cost_estimate, cost_actual, (budget_usd ?? 0) + 0.01) * 100 - 1e-6) / 100;

/** Lets a run spend up to this and goes on with it. */
export function useRaiseBudget(pipeline: Pipeline) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (budget: number) => {
      const definition = await api.get<PipelineRequest>(`/pipelines/${pipeline.id}/definition`);
      await api.put(`/pipelines/${pipeline.id}`, { ...definition, budget_usd: budget }, { ifMatch: pipeline.version });
      await api.post(`/pipelines/${pipeline.id}/run`, undefined, { idempotencyKey: newKey() });
    },
    onSettled: () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
  });
}
