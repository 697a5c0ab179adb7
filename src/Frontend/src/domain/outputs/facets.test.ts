import { describe, expect, it } from 'vitest';
import { anItem } from '@/testing/builders';
import { dayOf, dayWords, facetsOf, filtered, noFilter } from './facets';

const at = (day: number, hour = 12) => new Date(2026, 10, day, hour, 7).getTime();
const items = [anItem({ model: 'kling', madeAt: at(24) }), anItem({ model: 'wan', madeAt: at(24, 23) }), anItem({ model: 'kling', madeAt: at(23, 0) }), anItem({ model: null, madeAt: null })];

describe('the filters of a gallery', () => {
  it('offer models and days with how many each has', () => {
    expect(facetsOf(items)).toEqual({ models: [{ value: 'kling', count: 2 }, { value: 'wan', count: 1 }], days: [{ value: '2026-11-24', count: 2 }, { value: '2026-11-23', count: 1 }] });
  });

  it('count a list once', () => expect(facetsOf(items)).toBe(facetsOf(items)));

  it('leave what matches all of them', () => {
    expect(filtered(items, { model: 'kling', day: null })).toHaveLength(2);
    expect(filtered(items, { model: 'kling', day: '2026-11-24' })).toEqual([items[0]]);
    expect(filtered(items, { model: null, day: '2026-11-22' })).toEqual([]);
    expect(filtered(items, noFilter)).toBe(items);
  });

  it('name days as people do', () => {
    const now = at(24, 1);
    expect([dayWords('2026-11-24', now), dayWords('2026-11-23', now), dayWords('2026-11-03', now)]).toEqual(['Today', 'Yesterday', '3 Nov 2026']);
  });

  it('know the day of the last minute before midnight and of the first after it', () => {
    expect([dayOf(new Date(2026, 10, 24, 23, 59, 59).getTime()), dayOf(new Date(2026, 10, 25, 0, 0, 0).getTime())]).toEqual(['2026-11-24', '2026-11-25']);
  });
});
