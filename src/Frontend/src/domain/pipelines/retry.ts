import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { RetryQuote } from '@/domain/api';
import { pipelineKeys } from './queries';

/** What is made anew: all that failed in a run, or in a step of it for one reason. */
export interface RetryScope {
  id: number;
  of?: { stepId: number; code: string };
}

const pathOf = ({ id, of }: RetryScope) => (of ? `/pipelines/${id}/steps/${of.stepId}/retry` : `/pipelines/${id}/retry`);
const reasonsOf = ({ of }: RetryScope) => of && { reasons: [of.code] };

/** What another attempt costs at most, with all that follows from it. Changes nothing. */
export const quoteRetry = (scope: RetryScope, signal?: AbortSignal) => api.post<RetryQuote>(pathOf(scope), { ...reasonsOf(scope), quote: true }, { ...(signal && { signal }) });

/** Starts it, unless it has become dearer than what was shown. */
export const retryFor = (scope: RetryScope, most: number) => api.post(pathOf(scope), { ...reasonsOf(scope), max_cost_usd: most }, { idempotencyKey: newKey() });

/** @param failed how many are known to have failed: with more of them it is asked again. */
export const retryQuoteQuery = (scope: RetryScope, failed: number) =>
  queryOptions({ queryKey: ['retry-quote', scope, failed], queryFn: ({ signal }) => quoteRetry(scope, signal), staleTime: 30_000, retry: false });

export function useRetry(scope: RetryScope) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (most: number) => retryFor(scope, most),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: pipelineKeys.all }), client.invalidateQueries({ queryKey: ['retry-quote'] })]),
  });
}
