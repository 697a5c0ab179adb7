import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { describeError, OfflineError, ProblemError } from '@/api/problem';
import { pipelineKeys, pipelineQuery } from '@/domain/pipelines/queries';
import { useLiveRun } from '@/domain/progress/use-live-run';
import { readEntries, reviewSetQuery, type ReviewPlace } from '@/domain/review/review-set';
import { toast } from '@/ui/toast';
import type { Patch } from './review-model';
import { savePatches } from './review-queries';
import { ReviewStore } from './review-store';

const keptKey = ({ pipelineId, stepId }: ReviewPlace) => `review-${pipelineId}-${stepId}`;

function keptPatches(place: ReviewPlace): Patch[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(keptKey(place)) ?? '[]');
    return Array.isArray(kept) ? (kept as Patch[]) : [];
  } catch {
    return [];
  }
}

function keep(place: ReviewPlace, patches: readonly Patch[]): void {
  try {
    if (patches.length === 0) localStorage.removeItem(keptKey(place));
    else localStorage.setItem(keptKey(place), JSON.stringify(patches));
  } catch {
    // A full storage: they are saved in a moment anyway.
  }
}

/** The set under review as it is now: read once, then only what changed, here or by others. */
export function useReview(place: ReviewPlace) {
  const client = useQueryClient();
  const { pipelineId, stepId } = place;
  const pipeline = useQuery(pipelineQuery(pipelineId));
  const { live } = useLiveRun(pipelineId);
  const set = useQuery(reviewSetQuery(place));
  const [store] = useState(() => {
    const made: ReviewStore = new ReviewStore({
      save: async (patches) => {
        const version = await savePatches(place, patches);
        // What went on with it is settled since.
        if (made.takeBackMs !== null) made.take(await readEntries(place, { changed_after: version - 1 }).catch(() => []), 0);
        return version;
      },
      again: (error) => error instanceof OfflineError || (error instanceof ProblemError && (error.status >= 500 || error.status === 429)),
      refused: (error) => {
        const places = error instanceof ProblemError ? Object.keys(error.problem.errors ?? {}).flatMap((pointer) => /^\/outputs\/(\d+)/.exec(pointer)?.[1] ?? []) : [];
        return places.length > 0 ? places.map(Number) : null;
      },
      failed: (error) => {
        toast.bad('That was not saved', describeError(error));
        void client.invalidateQueries({ queryKey: pipelineKeys.one(pipelineId) });
      },
      keep: (patches) => keep(place, patches),
    });
    // The page has read the set before it shows it.
    if (set.data) made.take(set.data.entries, set.data.version);
    return made;
  });
  useSyncExternalStore(store.subscribe, store.now);
  const step = pipeline.data?.steps.find((candidate) => candidate.id === stepId);

  useEffect(() => {
    store.resume(keptPatches(place));
    // The place of a page never changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store]);
  useEffect(() => {
    store.start();
    return () => store.stop();
  }, [store]);

  // What others say, and what comes anew.
  const announced = set.data ? (live.outputs[stepId] ?? []).filter(({ id }) => !store.get(id)).length : 0;
  const reading = useRef(false);
  const version = step?.version ?? 0;
  const total = step?.outputs_total ?? 0;
  const { saving, version: known } = store;
  useEffect(() => {
    const ids = store.ids();
    const edited = version > known && saving === 'saved';
    const unknown = announced > 0 || total > ids.length;
    if (!set.data || reading.current || (!edited && !unknown)) return;
    reading.current = true;
    const newest = ids.reduce((largest, id) => Math.max(largest, id), 0);
    void Promise.all([edited ? readEntries(place, { changed_after: known }) : [], unknown ? readEntries(place, { after: newest || null }) : []])
      .then(([changes, fresh]) => store.take([...changes, ...fresh], edited ? version : 0))
      .catch(() => undefined)
      .finally(() => {
        reading.current = false;
      });
    // The place of a page never changes.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [store, set.data, version, total, announced, known, saving]);

  /** Reads what others changed up to a version, without waiting to be told. */
  const sync = async (to: number) => {
    if (to > store.version) store.take(await readEntries(place, { changed_after: store.version }), to);
  };

  return { pipeline, step, store, sync };
}

/** One output of the set; draws again only when it changes. */
export const useEntry = (store: ReviewStore, id: number) => useSyncExternalStore(store.subscribe, () => store.get(id));

export const useIsCurrent = (store: ReviewStore, id: number) => useSyncExternalStore(store.subscribe, () => store.at() === id);
