import { expect, it } from 'vitest';
import { aModel, aVideoModel, catalog } from '@/testing/builders';
import { byVendor, nearestDuration, offered, pickModel } from './capabilities';

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
