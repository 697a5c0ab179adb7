import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import type { ApiKey, CreatedApiKey, NewApiKey } from '@/domain/api';

export const keysQuery = queryOptions({
  queryKey: ['api-keys'],
  queryFn: async ({ signal }) => (await api.get<Page<ApiKey>>('/api-keys', { query: { limit: 200 }, signal })).data.filter((key) => !key.revoked_at),
});

/** The answer is the only place where the whole key is ever seen. */
export function useCreateKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (key: NewApiKey) => api.post<CreatedApiKey>('/api-keys', key),
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}

export function useRevokeKey() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: number) => api.delete(`/api-keys/${id}`),
    onSettled: () => client.invalidateQueries({ queryKey: ['api-keys'] }),
  });
}
