import { queryOptions, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Model } from '@/domain/api';

export const modelsQuery = queryOptions({
  queryKey: ['models'],
  queryFn: async ({ signal }) => (await api.get<{ data: Model[] }>('/models', { signal })).data,
  staleTime: 5 * 60_000,
});

export const useModels = () => useQuery(modelsQuery);
