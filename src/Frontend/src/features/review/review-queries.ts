import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { allPages, api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Onward, Output, RedoRequest, RetryQuote, Step } from '@/domain/api';
import { stepPath, type ReviewPlace } from '@/domain/review/review-set';
import type { Patch } from './review-model';

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
