import { describe, expect, it } from 'vitest';
import { aModel, aVideoModel, catalog } from '@/testing/builders';
import { nearestDuration, offered, pickModel } from './capabilities';
import { bestValue, byVendor, capabilityLines } from './model-facts';

it('keeps a wish only where the model offers it', () => {
  expect(offered('9:16', ['1:1', '9:16'])).toBe('9:16');
  expect(offered('21:9', ['1:1', '9:16'])).toBeNull();
  expect(offered(null, ['1:1'])).toBeNull();
});

it('takes the nearest length a model sells, the shorter of two', () => {
  expect(nearestDuration(7, [4, 8, 12])).toBe(8);
  expect(nearestDuration(6, [4, 8, 12])).toBe(4);
  expect(nearestDuration(30, [5, 10])).toBe(10);
  expect(nearestDuration(5, [])).toBeNull();
});

it('falls back to the default of the kind, then to the first', () => {
  const plain = aVideoModel({ id: 'wan', default: false });
  expect(pickModel(catalog, 'video', 'kling')?.id).toBe('kling');
  expect(pickModel([plain, aVideoModel()], 'video', 'gone')?.id).toBe('kling');
  expect(pickModel([plain], 'video', null)?.id).toBe('wan');
  expect(pickModel([], 'image', null)).toBeUndefined();
});

it('never takes a model of the other kind', () => expect(pickModel(catalog, 'image', 'kling')?.id).toBe('kling-image'));

it('groups by maker in the order of the catalog', () => {
  const groups = byVendor([aModel({ vendor: 'Kling' }), aModel({ vendor: 'Google', id: 'a' }), aModel({ vendor: 'Kling', id: 'b' })]);
  expect(groups.map(([vendor, models]) => [vendor, models.length])).toEqual([['Kling', 2], ['Google', 1]]);
});

describe('the best value', () => {
  const of = (id: string, amount: number, seconds: number, over = {}) => aModel({ id, price: { amount }, capabilities: { typical_latency_sec: seconds }, ...over });

  it('weighs price and speed', () => expect(bestValue([of('cheap and slow', 0.01, 60), of('fast and dear', 0.2, 4), of('both', 0.03, 8)], 'image')).toBe('both'));
  it('leaves out what is retired, of another kind or not known', () => expect(bestValue([of('gone', 0.001, 1, { status: 'retired' }), of('clip', 0.001, 1, { kind: 'video' }), of('unknown', 0.001, 0), of('left', 1, 9)], 'image')).toBe('left'));
  it('compares clips by the second', () => {
    const clip = (id: string, amount: number, seconds: number) => aVideoModel({ id, price: { unit: 'clip', amount, base_duration_sec: seconds }, capabilities: { typical_latency_sec: 60 } });
    expect(bestValue([clip('five', 0.35, 5), clip('ten', 0.5, 10)], 'video')).toBe('ten');
  });
  it('is nobody when nothing is known', () => expect(bestValue([], 'image')).toBeNull());
});

it('says everything a model takes', () =>
  expect(capabilityLines(aVideoModel({ status: 'retired', retired_at: '2026-10-01T00:00:00Z', successor: 'kling-v3' }))).toEqual([
    'Resolutions: 720p, 1080p', 'Lengths: 5, 10 s', 'Served by the demo renderer', 'Retired by its maker on 2026-10-01; kling-v3 takes its place',
  ]));
