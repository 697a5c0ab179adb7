import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { nextUnjudged, verdictWords, type Patch, type Verdict } from './review-model';
import type { ReviewStore } from './review-store';

/** What was done last, for the line that offers to take it back. */
export interface Said {
  words: string;
  /** Counts up, so that the same words said twice are told twice. */
  nth: number;
}

const offerMs = 10_000;

/** What a person does with the one at hand, or with many, and how it goes on from there. */
export function useJudging(store: ReviewStore, order: readonly number[], advance: boolean) {
  const [said, setSaid] = useState<Said | null>(null);
  const latest = useRef({ order, advance });
  useEffect(() => {
    latest.current = { order, advance };
  });
  useEffect(() => {
    if (!said) return;
    const timer = setTimeout(() => setSaid(null), offerMs);
    return () => clearTimeout(timer);
  }, [said]);

  const tell = useCallback((words: string) => setSaid((before) => ({ words, nth: (before?.nth ?? 0) + 1 })), []);

  const step = useCallback(
    (by: number) => {
      const { order: ids } = latest.current;
      const at = store.at();
      const from = at === null ? -1 : ids.indexOf(at);
      const to = ids[Math.min(ids.length - 1, Math.max(0, from + by))];
      if (to !== undefined) store.go(to);
    },
    [store],
  );

  const goOn = useCallback(
    (from: number) => {
      const { order: ids, advance: moves } = latest.current;
      if (!moves) return;
      const place = ids.indexOf(from);
      // What was judged may have left the filter: the next one has come to its place.
      const next = place < 0 ? null : nextUnjudged(ids, place, (id) => store.get(id)?.verdict ?? 'unset');
      if (next !== null) store.go(next);
    },
    [store],
  );

  const say = useCallback(
    (words: string, patches: readonly Patch[], back?: readonly Patch[]) => {
      store.judge(words, patches, back);
      tell(words);
    },
    [store, tell],
  );

  const judge = useCallback(
    (verdict: Verdict, id = store.at()) => {
      if (id === null) return;
      const nth = store.ids().indexOf(id) + 1;
      say(verdict === 'unset' ? `Verdict on output ${nth} taken back` : `${verdictWords[verdict]} output ${nth}`, [{ id, verdict }]);
      if (verdict !== 'unset') goOn(id);
    },
    [store, say, goOn],
  );

  const rate = useCallback(
    (rating: number, id = store.at()) => {
      if (id === null) return;
      const nth = store.ids().indexOf(id) + 1;
      say(rating === 0 ? `Rating of output ${nth} taken back` : `Output ${nth} has ${rating} of 5 stars`, [{ id, rating }]);
      const { order: ids, advance: moves } = latest.current;
      if (moves && rating > 0) {
        const to = ids[ids.indexOf(id) + 1];
        if (to !== undefined) store.go(to);
      }
    },
    [store, say],
  );

  const undo = useCallback(() => {
    const done = store.undo();
    if (done) tell(done.patches.length > 0 ? `Taken back: ${done.label.charAt(0).toLowerCase()}${done.label.slice(1)}` : `It has gone on already: ${done.label.charAt(0).toLowerCase()}${done.label.slice(1)}`);
    return done;
  }, [store, tell]);

  return useMemo(() => ({ said, step, judge, rate, say, undo }), [said, step, judge, rate, say, undo]);
}
