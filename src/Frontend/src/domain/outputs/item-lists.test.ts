import { describe, expect, it, vi } from 'vitest';
import { anEntry, aStep } from '@/testing/builders';
import { fromEntry, fromLive } from './gallery-item';
import { inARow, itemMaker, joiner } from './item-lists';

const step = aStep();

describe('items of a run', () => {
  it('are made once each, however often the list is read and whatever comes behind it', () => {
    const make = vi.fn((entry: ReturnType<typeof anEntry>) => fromEntry(entry, step, 1.5));
    const items = itemMaker();
    const entries = Array.from({ length: 10_000 }, (_, n) => anEntry({ id: n + 1 }));
    const first = items(entries, make);
    expect(make).toHaveBeenCalledTimes(10_000);
    for (let n = 0; n < 20; n += 1) expect(items(entries, make)).toBe(first);
    const more = items([...entries, anEntry({ id: 10_001 })], make);
    expect(make).toHaveBeenCalledTimes(10_001);
    expect(more[42]).toBe(first[42]);
  });

  it('keep the place that was reserved for them, unless they are of quite another shape', () => {
    const items = itemMaker();
    const announced = (id: number) => items([{ id, type: 'image' as const, url: '/assets/1/content', thumbnailUrl: null }], (live) => fromLive(live, step, 1.5));
    announced(1);
    announced(2);
    const [near, far] = items([anEntry({ id: 1, width: 1450, height: 1000 }), anEntry({ id: 2, width: 500, height: 1000 })], (entry) => fromEntry(entry, step, 1.5));
    expect(near?.ratio).toBe(1.5);
    expect(near?.width).toBe(1450);
    expect(far?.ratio).toBe(0.5);
  });

  it('stand in a row without being copied', () => {
    const [a, b] = itemMaker()([anEntry({ id: 1 }), anEntry({ id: 2 })], (entry) => fromEntry(entry, step, 1));
    const row = inARow(a ? [a] : [], b ? [b] : []);
    expect(row.length).toBe(2);
    expect([row.at(0), row.at(1), row.at(2)]).toEqual([a, b, undefined]);
  });

  it('are joined again only when one of the lists changed', () => {
    const join = joiner();
    const one = itemMaker()([anEntry({ id: 1 })], (entry) => fromEntry(entry, step, 1));
    const two = itemMaker()([anEntry({ id: 2 })], (entry) => fromEntry(entry, step, 1));
    const both = join([one, two]);
    expect(both).toHaveLength(2);
    expect(join([one, two])).toBe(both);
    expect(join([one])).toBe(one);
  });
});
