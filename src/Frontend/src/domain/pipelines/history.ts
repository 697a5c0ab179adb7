import { infiniteQueryOptions, keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type CallOptions, type Page } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Pipeline, PipelineFacets, PipelineSummary, RetryQuote, TimelineEntry } from '@/domain/api';
import { isActive, pipelineKeys } from './queries';

/** What the list of runs is asked for. */
export type HistoryQuery = NonNullable<CallOptions['query']>;

export const historyQuery = (query: HistoryQuery) =>
  infiniteQueryOptions({
    queryKey: [...pipelineKeys.list, query],
    queryFn: ({ pageParam, signal }) => api.get<Page<PipelineSummary>>('/pipelines', { query: { ...query, limit: 50, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: (state) => (state.state.data?.pages.some((page) => page.data.some(isActive)) ? 5_000 : 30_000),
  });

/** How many runs each choice of a filter would leave. */
export const facetsQuery = (query: HistoryQuery) =>
  queryOptions({
    queryKey: [...pipelineKeys.list, 'facets', query],
    queryFn: ({ signal }) => api.get<PipelineFacets>('/pipelines/facets', { query, signal }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  });

/** The address of the list as a sheet, as it is filtered. */
export function exportUrl(query: HistoryQuery): string {
  const given = Object.entries(query).filter(([key, value]) => key !== 'sort' && value !== null && value !== undefined && value !== '');
  return '/pipelines/export?' + new URLSearchParams([['format', 'csv'], ...given.map(([key, value]) => [key, String(value)])]).toString();
}

export const timelineQuery = (id: number) =>
  queryOptions({
    queryKey: [...pipelineKeys.one(id), 'timeline'],
    queryFn: async ({ signal }) => (await api.get<{ data: TimelineEntry[] }>(`/pipelines/${id}/timeline`, { signal })).data,
  });

/** What another attempt at all that failed in these runs costs. */
export const retryQuotesQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: ['retry-quotes', ids],
    queryFn: () => Promise.all(ids.map((id) => api.post<RetryQuote>(`/pipelines/${id}/retry`, { quote: true }))),
    staleTime: 0,
    retry: false,
  });

/** One call after the other for each run; what fails is told at the end and stops nothing else. */
async function each(ids: readonly number[], call: (id: number) => Promise<unknown>): Promise<{ done: number[]; errors: unknown[] }> {
  const done: number[] = [];
  const errors: unknown[] = [];
  for (const id of ids) {
    try {
      await call(id);
      done.push(id);
    } catch (error) {
      errors.push(error);
    }
  }
  return { done, errors };
}

function useEach<T>(call: (given: T, id: number) => Promise<unknown>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ ids, given }: { ids: readonly number[]; given: T }) => each(ids, (id) => call(given, id)),
    onSettled: () => client.invalidateQueries({ queryKey: pipelineKeys.all }),
  });
}

export const useDeleteRuns = () => useEach((keepAssets: boolean, id) => api.delete(`/pipelines/${id}`, { query: { keep_assets: keepAssets } }));

/** @param given the most that each may cost, by run. */
export const useRetryRuns = () => useEach((most: ReadonlyMap<number, number>, id) => api.post(`/pipelines/${id}/retry`, { max_cost_usd: most.get(id) }, { idempotencyKey: newKey() }));

/** Copies, and starts each copy that costs no more than what was shown. Without prices they wait to be started. */
export const useCloneRuns = () =>
  useEach(async (most: ReadonlyMap<number, number> | null, id) => {
    const key = newKey();
    const copy = await api.post<Pipeline>(`/pipelines/${id}/clone`, undefined, { idempotencyKey: key });
    if (most) await api.post(`/pipelines/${copy.id}/run`, { max_cost_usd: most.get(id) }, { idempotencyKey: `${key}-run` });
  });
