import { keepPreviousData, queryOptions, skipToken } from '@tanstack/react-query';
import { allPages, api, type Page } from '@/api/client';
import type { FailureList, Output } from '@/domain/api';
import { noIndex, toEntries, wholeIndex, withNews, type OutputEntry, type OutputIndex, type OutputIndexAnswer } from '@/domain/outputs/output-index';
import { pipelineKeys, type OutputPlace } from './queries';

export const outputsQuery = (id: number, stepId: number) =>
  queryOptions({
    queryKey: pipelineKeys.outputs(id, stepId),
    queryFn: ({ signal }) => allPages<Output>(`/pipelines/${id}/steps/${stepId}/outputs`, {}, signal),
  });

async function readIndex(path: string, after: number, signal: AbortSignal): Promise<{ total: number; entries: OutputEntry[] }> {
  const entries: OutputEntry[] = [];
  let total = 0;
  let cursor: string | null = null;
  do {
    const answer: OutputIndexAnswer = await api.get<OutputIndexAnswer>(path, { query: { after: after || null, cursor }, signal });
    entries.push(...toEntries(answer));
    ({ total, next_cursor: cursor } = answer);
  } while (cursor !== null);
  return { total, entries };
}

/**
 * Every output of a step in brief. Read whole once, then only what came since; whole again when that does not add up.
 * @param review Version of the step while it is in review, where outputs change that are there already; else 0.
 */
export const outputIndexQuery = (id: number, stepId: number, review: number) =>
  queryOptions({
    queryKey: pipelineKeys.index(id, stepId, review),
    queryFn: async ({ client, queryKey, signal }): Promise<OutputIndex> => {
      const path = `/pipelines/${id}/steps/${stepId}/outputs/index`;
      const before = client.getQueryData<OutputIndex>(queryKey) ?? noIndex;
      const news = await readIndex(path, before.newest, signal);
      if (before.newest === 0) return wholeIndex(news.entries);
      const joined = withNews(before, news.entries);
      return joined.entries.length >= news.total ? joined : wholeIndex((await readIndex(path, 0, signal)).entries);
    },
    // Ten thousand entries are not compared one by one; the old ones are the same objects anyway.
    structuralSharing: false,
  });

/** One output with all that is known of it. */
export const outputRecordQuery = (place: OutputPlace | null) =>
  queryOptions({
    queryKey: pipelineKeys.record(place),
    queryFn: place
      ? async ({ signal }) => (await api.get<Page<Output>>(`/pipelines/${place.pipelineId}/steps/${place.stepId}/outputs`, { query: { ids: place.outputId }, signal })).data[0] ?? null
      : skipToken,
    staleTime: 60_000,
  });

/** Why items failed, each reason once. @param failed how many are known to have failed: with more of them it is asked again. */
export const failureListQuery = (id: number, failed: number) =>
  queryOptions({
    queryKey: pipelineKeys.failures(id, failed),
    queryFn: ({ signal }) => api.get<FailureList>(`/pipelines/${id}/failures`, { signal }),
    placeholderData: keepPreviousData,
    staleTime: 3_000,
  });
