import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { DryRun, EstimateRequest } from '@/domain/api';

/** What a run would send, as far as the server shows it; nothing is stored. `null` asks for nothing. */
export function useDryRun(request: EstimateRequest | null) {
  return useQuery({
    queryKey: ['dry-run', request],
    queryFn: ({ signal }) => api.post<DryRun>('/pipelines/dry-run', { name: 'Preview', mode: 'auto', ...request }, { signal }),
    enabled: request !== null,
    placeholderData: request === null ? undefined : keepPreviousData,
    staleTime: 60_000,
    retry: false,
  });
}
