import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

/** What was spent, and what may be: the monthly cap is null when none is set. */
export interface Usage {
  spent: number;
  held: number;
  cap: number | null;
  simulated: number;
}

type UsageAnswer = Partial<{ total: number; spent: number; held: number; reserved: number; simulated: number; simulated_total: number; monthly_cap: number | null; cap: number | null; budget: { cap?: number | null; spent?: number; reserved?: number } | null }>;

export function readUsage(answer: UsageAnswer): Usage {
  return {
    spent: answer.spent ?? answer.total ?? answer.budget?.spent ?? 0,
    held: answer.held ?? answer.reserved ?? answer.budget?.reserved ?? 0,
    cap: answer.monthly_cap ?? answer.cap ?? answer.budget?.cap ?? null,
    simulated: answer.simulated ?? answer.simulated_total ?? 0,
  };
}

export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: async ({ signal }) => readUsage(await api.get<UsageAnswer>('/usage', { signal })),
  refetchInterval: 30_000,
});
