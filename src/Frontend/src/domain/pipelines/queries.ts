import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import type { Pipeline, PipelineSummary } from '@/domain/api';

export interface OutputPlace {
  pipelineId: number;
  stepId: number;
  outputId: number;
}

export const pipelineKeys = {
  all: ['pipelines'] as const,
  recent: ['pipelines', 'recent'] as const,
  list: ['pipelines', 'list'] as const,
  one: (id: number) => ['pipelines', id] as const,
  outputs: (id: number, stepId: number) => ['pipelines', id, 'outputs', stepId] as const,
  index: (id: number, stepId: number, review: number) => ['pipelines', id, 'index', stepId, review] as const,
  // Beside the run, not under it: an output does not change with every step of its run.
  record: (place: OutputPlace | null) => ['output', place] as const,
  failures: (id: number, failed: number) => ['pipelines', id, 'failures', failed] as const,
};

export const isActive = (pipeline: { status: string }) => pipeline.status === 'running';

/** The newest runs, looked at often while one of them is under way. */
export const recentPipelinesQuery = queryOptions({
  queryKey: pipelineKeys.recent,
  queryFn: async ({ signal }) => (await api.get<Page<PipelineSummary>>('/pipelines', { query: { limit: 12 }, signal })).data,
  refetchInterval: (query) => (query.state.data?.some(isActive) ? 2_500 : 20_000),
});

export const pipelineListQuery = infiniteQueryOptions({
  queryKey: pipelineKeys.list,
  queryFn: ({ pageParam, signal }) => api.get<Page<PipelineSummary>>('/pipelines', { query: { limit: 50, cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
});

export const pipelineQuery = (id: number) =>
  queryOptions({ queryKey: pipelineKeys.one(id), queryFn: ({ signal }) => api.get<Pipeline>(`/pipelines/${id}`, { signal }) });
