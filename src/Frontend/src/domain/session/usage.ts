import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

/** `amount` was spent; `simulated_amount` is what demo outputs would have cost, and nobody was charged. US dollars. */
export interface UsageTotal {
  count: number;
  amount: number;
  simulated_count: number;
  simulated_amount: number;
}

export const firstOfMonth = (now: Date) => `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}-01`;

export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: async ({ signal }) => (await api.get<{ total: UsageTotal }>('/usage', { query: { from: firstOfMonth(new Date()) }, signal })).total,
  refetchInterval: 30_000,
});
