import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Provider, ProviderCheck, UsageReport } from '@/domain/api';
import { firstOfMonth } from '@/domain/session/usage';

export const providersQuery = queryOptions({
  queryKey: ['providers'],
  queryFn: async ({ signal }) => (await api.get<{ data: Provider[] }>('/providers', { signal })).data,
  refetchInterval: 15_000,
});

/** What this month's work cost, by provider. US dollars. */
export const providerSpendQuery = queryOptions({
  queryKey: ['usage', 'by-provider'],
  queryFn: async ({ signal }) => {
    const report = await api.get<UsageReport>('/usage', { query: { group_by: 'provider', from: firstOfMonth(new Date()) }, signal });
    return new Map(report.data.map((row) => [row.key, row]));
  },
});

/** Who serves which model, and at what price, may be another now. */
function useProvidersChanged() {
  const client = useQueryClient();
  return () => Promise.all([client.invalidateQueries({ queryKey: ['providers'] }), client.invalidateQueries({ queryKey: ['models'] })]);
}

export function usePutProviderKey() {
  const changed = useProvidersChanged();
  return useMutation({ mutationFn: ({ provider, key }: { provider: string; key: string }) => api.put(`/providers/${provider}/key`, { key }), onSuccess: changed });
}

export function useRemoveProviderKey() {
  const changed = useProvidersChanged();
  return useMutation({ mutationFn: (provider: string) => api.delete(`/providers/${provider}/key`), onSuccess: changed });
}

export const useCheckProviderKey = () => useMutation({ mutationFn: (provider: string) => api.post<ProviderCheck>(`/providers/${provider}/check`, {}) });
