import { describe, expect, it } from 'vitest';
import { bestPerSource, countsOf, goesOn, inverse, matrixOf, nextUnjudged, noFilter, passes, patched, type ReviewEntry } from './review-model';
import { toReviewEntries } from '@/domain/review/review-set';
import { aReviewEntry } from './testing';
import { anIndexAnswer } from '@/testing/builders';

const entry = (id: number, over: Partial<ReviewEntry> = {}) => aReviewEntry({ id, place: id, ...over });

describe('the index as a set to judge', () => {
  it('keeps prompts apart that differ only behind the cut', () => {
    const long = `${'x'.repeat(160)}…`;
    const [first, second] = toReviewEntries(anIndexAnswer([1, 2], { prompts: [long, long], prompt: [0, 1], verdict: ['pick', 'unset'], rating: [4, null] }));
    expect(first?.promptKey).not.toBe(second?.promptKey);
    expect(first).toMatchObject({ verdict: 'pick', rating: 4, promptLabel: long });
  });
});

describe('the matrix', () => {
  it('has sources down and shared prompts across, with all takes in a cell', () => {
    const entries = [entry(1, { image: 0, promptKey: 'gold' }), entry(2, { image: 0, promptKey: 'gold' }), entry(3, { image: 0, promptKey: 'blue' }), entry(4, { image: 1, promptKey: 'gold' })];
    const { columns, rows } = matrixOf(entries);
    expect(columns.map(({ key }) => key)).toEqual(['gold', 'blue']);
    expect(rows).toEqual([{ image: 0, cells: [[1, 2], [3]] }, { image: 1, cells: [[4], []] }]);
  });

  it('numbers the columns where every source has prompts of its own', () => {
    const { columns, rows } = matrixOf([entry(1, { image: 0, promptKey: 'a' }), entry(2, { image: 0, promptKey: 'b' }), entry(3, { image: 1, promptKey: 'c' }), entry(4, { image: 1, promptKey: 'd' })]);
    expect(columns.map(({ label }) => label)).toEqual(['Prompt 1', 'Prompt 2']);
    expect(rows.map((row) => row.cells)).toEqual([[[1], [2]], [[3], [4]]]);
  });

  it('puts what was made anew with other words where the old one stands', () => {
    const { columns, rows } = matrixOf([entry(1, { image: 0, promptKey: 'a', place: 0 }), entry(9, { image: 0, promptKey: 'other', place: 0 }), entry(2, { image: 0, promptKey: 'b', place: 1 })]);
    expect(columns.map(({ key }) => key)).toEqual(['a', 'b']);
    expect(rows[0]?.cells).toEqual([[1, 9], [2]]);
  });
});

describe('judging', () => {
  it('is taken back by its inverse', () => {
    const before = entry(1, { rating: 2 });
    const patch = { id: 1, verdict: 'pick' as const, rating: 0 };
    const after = patched(before, patch);
    expect(after).toMatchObject({ verdict: 'pick', rating: null });
    expect(patched(after, inverse(before, patch))).toEqual(before);
  });

  it('counts states, and ratings so or better', () => {
    const counts = countsOf([entry(1, { verdict: 'pick', rating: 5 }), entry(2, { verdict: 'reject', rating: 3 }), entry(3), entry(4, { settled: true })]);
    expect(counts).toEqual({ all: 4, pick: 1, reject: 1, unset: 2, sent: 1, going: 1, waiting: 1, rated: [0, 2, 2, 2, 1, 1] });
  });

  it('sends on picks alone once there is one, and else all that is not rejected', () => {
    expect(goesOn({ pick: 0, unset: 7 })).toBe(7);
    expect(goesOn({ pick: 2, unset: 7 })).toBe(2);
  });

  it('filters by state, by rating and by what changed', () => {
    const rated = entry(1, { rating: 3, verdict: 'reject' });
    expect(passes({ ...noFilter, minRating: 4 }, rated, new Set())).toBe(false);
    expect(passes({ verdict: 'reject', minRating: 3 }, rated, new Set())).toBe(true);
    expect(passes({ verdict: 'changed', minRating: 0 }, rated, new Set([2]))).toBe(false);
  });

  it('finds the next one that nobody judged, from the start again at the end', () => {
    const verdicts: Record<number, 'pick' | 'unset'> = { 1: 'unset', 2: 'pick', 3: 'pick' };
    expect(nextUnjudged([1, 2, 3], 1, (id) => verdicts[id] ?? 'unset')).toBe(1);
    expect(nextUnjudged([2, 3], 0, () => 'pick')).toBeNull();
  });
});

describe('the best of each source', () => {
  it('picks by rating, rejects the rest of that source, and leaves sources without ratings alone', () => {
    const entries = [
      entry(1, { image: 0, rating: 3 }), entry(2, { image: 0, rating: 5 }), entry(3, { image: 0 }), entry(4, { image: 0, rating: 5, verdict: 'reject' }),
      entry(5, { image: 1 }), entry(6, { image: 1, verdict: 'pick' }),
    ];
    expect(bestPerSource(entries, 1)).toEqual([{ id: 1, verdict: 'reject' }, { id: 2, verdict: 'pick' }, { id: 3, verdict: 'reject' }]);
    expect(bestPerSource(entries, 2)).toEqual([{ id: 1, verdict: 'pick' }, { id: 2, verdict: 'pick' }, { id: 3, verdict: 'reject' }]);
  });
});
