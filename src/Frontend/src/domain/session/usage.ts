import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { UsageReport } from '@/domain/api';

export const firstOfMonth = (now: Date) => `${now.getUTCFullYear()}-${String(now.getUTCMonth() + 1).padStart(2, '0')}-01`;

export const usageQuery = queryOptions({
  queryKey: ['usage'],
  queryFn: async ({ signal }) => (await api.get<UsageReport>('/usage', { query: { from: firstOfMonth(new Date()) }, signal })).total,
  refetchInterval: 30_000,
});
