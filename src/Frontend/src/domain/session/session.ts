import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Session } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) => api.get<Session>('/session', { signal }),
  staleTime: 60_000,
});

function useSessionChange<T>(change: (input: T) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: change,
    // Nothing of one workspace may be seen in another.
    onSuccess: async () => {
      client.removeQueries({ predicate: (query) => query.queryKey[0] !== 'session' });
      await client.invalidateQueries({ queryKey: ['session'] });
    },
  });
}

export const useOpenDemo = () => useSessionChange<void>(() => api.post('/session/demo'));
export const useSignIn = () => useSessionChange<string>((apiKey) => api.post('/session', { api_key: apiKey }));
export const useSignOut = () =>
  useSessionChange<void>(async () => {
    await api.delete('/session');
    // Whoever signs in next on this browser may be somebody else.
    draftStore.clear();
  });
