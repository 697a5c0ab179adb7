import { queryOptions } from '@tanstack/react-query';
import { api, type CallOptions } from '@/api/client';
import type { Pipeline, Step } from '@/domain/api';
import type { OutputIndexAnswer } from '@/domain/outputs/output-index';
import { pipelineKeys } from '@/domain/pipelines/queries';

export type Verdict = 'unset' | 'pick' | 'reject';

/** An output as a person judges it. */
export interface ReviewEntry {
  id: number;
  assetId: number | null;
  width: number | null;
  height: number | null;
  durationSec: number | null;
  model: string | null;
  simulated: boolean;
  verdict: Verdict;
  /** 1–5; null when nobody rated it. */
  rating: number | null;
  /** Which input picture it descends from; null when none or any. */
  image: number | null;
  /** What was made anew has the place of what it replaces. */
  place: number;
  /** The same for outputs of the same prompt. */
  promptKey: string;
  promptLabel: string;
  redone: boolean;
  /** It has gone on, or is not to: its verdict stays. */
  settled: boolean;
  /** New words of a prompt, since the page was opened. */
  text?: string;
}

export function toReviewEntries(answer: OutputIndexAnswer): ReviewEntry[] {
  return answer.id.map((id, at) => {
    const number = answer.prompt?.[at] ?? null;
    const label = number === null ? '' : (answer.prompts?.[number] ?? '');
    const model = answer.model[at];
    return {
      id,
      assetId: answer.asset_id[at] ?? null,
      width: answer.width[at] ?? null,
      height: answer.height[at] ?? null,
      durationSec: answer.duration_sec[at] ?? null,
      model: model === null || model === undefined ? null : (answer.models[model] ?? null),
      simulated: answer.simulated[at] ?? false,
      verdict: answer.verdict[at] ?? 'unset',
      rating: answer.rating[at] ?? null,
      image: answer.image_index[at] ?? null,
      place: answer.place[at] ?? at,
      // Long prompts come cut, and may differ only in what is cut off.
      promptKey: label.endsWith('…') ? `${label}#${number}` : label,
      promptLabel: label,
      redone: answer.redone[at] ?? false,
      settled: answer.settled[at] ?? false,
    };
  });
}

/** From being read where a review is offered until it is opened; what changes meanwhile is caught up with. */
const keptMs = 60_000;

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
    gcTime: keptMs,
    structuralSharing: false,
  });
