import type { ReviewEntry, Verdict } from '@/domain/review/review-set';

export type { ReviewEntry, Verdict };

/** What a person changes about one output. A rating of 0 takes the rating back. */
export interface Patch {
  id: number;
  verdict?: Verdict;
  rating?: number;
  text?: string;
}

export const inPlanOrder = (a: ReviewEntry, b: ReviewEntry) => a.place - b.place || a.id - b.id;

/** An entry with what was said of it since. */
export function patched(entry: ReviewEntry, patch: Patch | undefined): ReviewEntry {
  if (!patch) return entry;
  return { ...entry, verdict: patch.verdict ?? entry.verdict, rating: patch.rating === undefined ? entry.rating : patch.rating || null, ...(patch.text !== undefined && { text: patch.text }) };
}

/** What takes a change back. */
export function inverse(entry: ReviewEntry, patch: Patch): Patch {
  return { id: entry.id, ...(patch.verdict !== undefined && { verdict: entry.verdict }), ...(patch.rating !== undefined && { rating: entry.rating ?? 0 }) };
}

/** Whether a change says anything new that can still be said. */
export const changes = (entry: ReviewEntry, patch: Patch) =>
  (!entry.settled && patch.verdict !== undefined && patch.verdict !== entry.verdict) || (patch.rating !== undefined && (patch.rating || null) !== entry.rating) || patch.text !== undefined;

export interface ReviewFilter {
  /** `sent`: it has gone on. */
  verdict: Verdict | 'all' | 'changed' | 'sent';
  /** 0 for any. */
  minRating: number;
}

export const noFilter: ReviewFilter = { verdict: 'all', minRating: 0 };

export const passes = (filter: ReviewFilter, entry: ReviewEntry, changed: ReadonlySet<number>) =>
  (filter.verdict === 'all' || (filter.verdict === 'changed' ? changed.has(entry.id) : filter.verdict === 'sent' ? entry.settled : entry.verdict === filter.verdict)) && (filter.minRating === 0 || (entry.rating ?? 0) >= filter.minRating);

export interface Counts {
  all: number;
  pick: number;
  reject: number;
  unset: number;
  /** What has gone on. */
  sent: number;
  /** Picked, and not gone on yet. */
  going: number;
  /** Not judged, and not gone on in an earlier review. */
  waiting: number;
  /** Rated so or better; entry n for n stars. */
  rated: readonly number[];
}

export function countsOf(entries: Iterable<ReviewEntry>): Counts {
  const counts = { all: 0, pick: 0, reject: 0, unset: 0, sent: 0, going: 0, waiting: 0 };
  const rated = [0, 0, 0, 0, 0, 0];
  for (const { verdict, rating, settled } of entries) {
    counts.all += 1;
    counts[verdict] += 1;
    if (settled) counts.sent += 1;
    else if (verdict === 'unset') counts.waiting += 1;
    else if (verdict === 'pick') counts.going += 1;
    for (let stars = 1; stars <= (rating ?? 0); stars += 1) rated[stars] = (rated[stars] ?? 0) + 1;
  }
  return { ...counts, rated };
}

export interface Column {
  key: string;
  label: string;
}

export interface Row {
  image: number | null;
  /** Ids by column. */
  cells: readonly (readonly number[])[];
}

export interface Matrix {
  columns: readonly Column[];
  rows: readonly Row[];
}

/**
 * Sources down, prompts across. Where every source has prompts of its own, a column is the first, second … of each source.
 * @param entries In the order of the plan.
 */
export function matrixOf(entries: readonly ReviewEntry[]): Matrix {
  const rows = new Map<number | null, { keyOfPlace: Map<number, string>; cells: Map<string, number[]> }>();
  const labels = new Map<string, string>();
  for (const entry of entries) {
    const row = rows.get(entry.image) ?? { keyOfPlace: new Map<number, string>(), cells: new Map<string, number[]>() };
    rows.set(entry.image, row);
    // Made anew with other words, it still stands where the one it replaces stood.
    const key = row.keyOfPlace.get(entry.place) ?? entry.promptKey;
    row.keyOfPlace.set(entry.place, key);
    labels.set(key, labels.get(key) ?? entry.promptLabel);
    const cell = row.cells.get(key);
    if (cell) cell.push(entry.id);
    else row.cells.set(key, [entry.id]);
  }
  const widest = Math.max(0, ...[...rows.values()].map((row) => row.cells.size));
  const keys = [...labels.keys()];
  const shared = keys.length <= widest;
  return {
    columns: shared ? keys.map((key) => ({ key, label: labels.get(key) ?? '' })) : Array.from({ length: widest }, (_, at) => ({ key: String(at), label: `Prompt ${at + 1}` })),
    rows: [...rows].map(([image, row]) => ({
      image,
      cells: shared ? keys.map((key) => row.cells.get(key) ?? []) : [...row.cells.values(), ...Array.from({ length: widest - row.cells.size }, () => [])],
    })),
  };
}

/**
 * The best of each source by rating: they are picked, the others rejected. Rejected ones stay so, and a source without any rating is left as it is.
 * @param entries In the order of the plan.
 */
export function bestPerSource(entries: readonly ReviewEntry[], best: number): Patch[] {
  const bySource = new Map<number | null, ReviewEntry[]>();
  for (const entry of entries) bySource.set(entry.image, [...(bySource.get(entry.image) ?? []), entry]);
  return [...bySource.values()].flatMap((group) => {
    const able = group.filter((entry) => entry.verdict !== 'reject' && entry.rating !== null).sort((a, b) => (b.rating ?? 0) - (a.rating ?? 0) || inPlanOrder(a, b));
    if (able.length === 0) return [];
    const picked = new Set(able.slice(0, best).map(({ id }) => id));
    return group.map((entry) => ({ id: entry.id, verdict: picked.has(entry.id) ? ('pick' as const) : ('reject' as const) })).filter((patch, at) => changes(group[at] as ReviewEntry, patch));
  });
}

/** The next one nobody judged behind this one, else before it; null when all are. */
export function nextUnjudged(order: readonly number[], from: number, verdictOf: (id: number) => Verdict): number | null {
  for (let step = 1; step < order.length; step += 1) {
    const id = order[(from + step) % order.length];
    if (id !== undefined && verdictOf(id) === 'unset') return id;
  }
  return null;
}

export const verdictWords: Record<Verdict, string> = { unset: 'Not yet', pick: 'Picked', reject: 'Rejected' };

/** Picks alone go on as soon as there is one; while nothing is picked, all that is not rejected does. */
export const leavesOut = (counts: Pick<Counts, 'pick'>) => counts.pick > 0;

export const goesOn = (counts: Pick<Counts, 'pick' | 'unset'>) => (leavesOut(counts) ? counts.pick : counts.unset);
