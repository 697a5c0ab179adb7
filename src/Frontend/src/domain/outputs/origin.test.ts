import { expect, it } from 'vitest';
import { anItem } from '@/testing/builders';
import { countOrigins, describeOrigin, originOf } from './origin';

const paid = anItem();
const demo = anItem({ simulated: true, provider: 'local' });
const before = anItem({ reused: true });
const other = anItem({ provider: 'replicate', insteadOf: 'fal' });

it('says nothing on a tile about what is as expected', () => expect(originOf(paid)).toBeNull());

it.each([
  [demo, 'Demo renderer', 'Demo renderer'],
  [before, '$0 · from before', 'fal, from before, $0'],
  [other, 'By Replicate, stood in', 'Replicate, stood in for fal'],
])('says who made it and whether it was paid for', (item, onTile, atLength) => {
  const origin = originOf(item);
  expect(`${origin?.word ?? ''}${origin?.rest ?? ''}`).toBe(onTile);
  expect(describeOrigin(item)).toBe(atLength);
});

it('counts them for the bill', () => {
  const { simulated, reused, stoodIn } = countOrigins([paid, demo, before, other, other]);
  expect([simulated, reused, [...stoodIn]]).toEqual([1, 1, [['replicate', 2]]]);
});
