import { describe, expect, it } from 'vitest';
import { anIndexAnswer } from '@/testing/builders';
import { toEntries, wholeIndex, withNews } from './output-index';

describe('the index of outputs', () => {
  it('reads columns as entries', () => {
    const [first, second] = toEntries({ ...anIndexAnswer([7, 9]), models: ['kling-image', 'nano'], model: [1, null], created_at: [1_795_000_000, 1_795_000_001] });
    expect(first).toMatchObject({ id: 7, model: 'nano', provider: 'fal', madeAt: 1_795_000_000_000, assetId: 1007 });
    expect(second).toMatchObject({ id: 9, model: null });
  });

  it('puts what came since behind what is there, in the order in which it came, each once', () => {
    const whole = wholeIndex(toEntries(anIndexAnswer([5, 3, 8])));
    expect(whole.newest).toBe(8);
    const more = withNews(whole, toEntries(anIndexAnswer([12, 8, 10])));
    expect(more.entries.map(({ id }) => id)).toEqual([5, 3, 8, 10, 12]);
    expect(more.newest).toBe(12);
    expect(more.entries[0]).toBe(whole.entries[0]);
  });

  it('is the same object when nothing came', () => {
    const whole = wholeIndex(toEntries(anIndexAnswer([5])));
    expect(withNews(whole, toEntries(anIndexAnswer([5])))).toBe(whole);
  });
});
