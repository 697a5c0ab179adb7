import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { allPages, api, type CallOptions } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Onward, Output, Pipeline, RedoRequest, RetryQuote, Step } from '@/domain/api';
import type { OutputIndexAnswer } from '@/domain/outputs/output-index';
import { pipelineKeys } from '@/domain/pipelines/queries';
import { toReviewEntries, type Patch, type ReviewEntry } from './review-model';

export interface ReviewPlace {
  pipelineId: number;
  stepId: number;
}

export const stepPath = ({ pipelineId, stepId }: ReviewPlace) => `/pipelines/${pipelineId}/steps/${stepId}`;

/** Outputs in brief, with what made them. */
export async function readEntries(place: ReviewPlace, query: CallOptions['query'], signal?: AbortSignal): Promise<ReviewEntry[]> {
  const entries: ReviewEntry[] = [];
  let cursor: string | null = null;
  do {
    const answer: OutputIndexAnswer = await api.get<OutputIndexAnswer>(`${stepPath(place)}/outputs/index`, { query: { ...query, prompts: true, cursor }, ...(signal && { signal }) });
    entries.push(...toReviewEntries(answer));
    cursor = answer.next_cursor;
  } while (cursor !== null);
  return entries;
}

export const readStep = (place: ReviewPlace, signal?: AbortSignal) => api.get<Step>(stepPath(place), signal && { signal });

/**
 * The version first: what changes between the two reads is read once more, never missed. Where the run is known already, so is a version that the set has at
 * least, and one of the reads is saved.
 */
export const reviewSetQuery = (place: ReviewPlace) =>
  queryOptions({
    queryKey: ['review', place.pipelineId, place.stepId],
    queryFn: async ({ client, signal }) => {
      const known = client.getQueryData<Pipeline>(pipelineKeys.one(place.pipelineId))?.steps.find(({ id }) => id === place.stepId)?.version;
      const version = known ?? (await readStep(place, signal)).version;
      return { version, entries: await readEntries(place, {}, signal) };
    },
    staleTime: Infinity,
    gcTime: 0,
    structuralSharing: false,
  });

/** The texts of a set of prompts. They change when somebody edits them. */
export const promptTextsQuery = (place: ReviewPlace, version: number) =>
  queryOptions({
    queryKey: ['review', place.pipelineId, place.stepId, 'texts', version],
    queryFn: ({ signal }) => allPages<Output>(`${stepPath(place)}/outputs`, {}, signal),
    placeholderData: keepPreviousData,
  });

export const onwardQuery = (place: ReviewPlace, leaveOut: boolean, version: number) =>
  queryOptions({
    queryKey: ['review', place.pipelineId, place.stepId, 'onward', leaveOut, version],
    queryFn: ({ signal }) => api.get<Onward>(`${stepPath(place)}/onward`, { query: { unjudged: leaveOut ? 'leave_out' : 'include' }, signal }),
    placeholderData: keepPreviousData,
  });

export const savePatches = async (place: ReviewPlace, patches: readonly Patch[]): Promise<number> => (await api.put<Step>(stepPath(place), { outputs: patches })).version;

export const addPrompt = (place: ReviewPlace, text: string) => api.put<Step>(stepPath(place), { add: [{ text }] });

export const approveStep = (place: ReviewPlace, version: number, leaveOut: boolean) =>
  api.post(`${stepPath(place)}/approve`, { unjudged: leaveOut ? 'leave_out' : 'include' }, { ifMatch: version, idempotencyKey: newKey() });

export const quoteRedo = (place: ReviewPlace, request: RedoRequest, signal: AbortSignal) => api.post<RetryQuote>(`${stepPath(place)}/redo`, { ...request, quote: true }, { signal });

export const redo = (place: ReviewPlace, request: RedoRequest, ifMatch: number | null) => api.post<Step>(`${stepPath(place)}/redo`, request, { idempotencyKey: newKey(), ...(ifMatch !== null && { ifMatch }) });
