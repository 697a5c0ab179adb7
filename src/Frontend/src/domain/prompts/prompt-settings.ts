import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { PromptSettings } from '@/domain/api';

export const promptSettingsQuery = queryOptions({
  queryKey: ['prompt-settings'],
  queryFn: ({ signal }) => api.get<PromptSettings>('/prompts/settings', { signal }),
});

export function usePutPromptSettings() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (settings: PromptSettings) => api.put<PromptSettings>('/prompts/settings', settings),
    onMutate: async (settings) => {
      await client.cancelQueries({ queryKey: promptSettingsQuery.queryKey });
      const before = client.getQueryData(promptSettingsQuery.queryKey);
      client.setQueryData(promptSettingsQuery.queryKey, settings);
      return before;
    },
    onError: (_error, _settings, before) => client.setQueryData(promptSettingsQuery.queryKey, before),
    onSettled: () => client.invalidateQueries({ queryKey: promptSettingsQuery.queryKey }),
  });
}
