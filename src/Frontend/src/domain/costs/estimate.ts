import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { Estimate, EstimateRequest } from '@/domain/api';

/** The server's price of a run. The last one stays in view while the next is on its way. `null` asks for nothing. */
export function useEstimate(request: EstimateRequest | null) {
  return useQuery({
    queryKey: ['estimate', request],
    queryFn: ({ signal }) => api.post<Estimate>('/pipelines/estimate', request, { signal }),
    enabled: request !== null,
    placeholderData: request === null ? undefined : keepPreviousData,
    staleTime: 60_000,
    retry: (failures, error) => !(error instanceof ProblemError && error.status < 500) && failures < 2,
  });
}
