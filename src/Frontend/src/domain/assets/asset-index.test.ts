import { describe, expect, it } from 'vitest';
import { joined, joinParts, placeOfAsset, reversed, shapeAt, unknownTo, without } from './asset-index';

const wide = { type: 'image' as const, width: 1600, height: 900, duration_sec: null };
const clip = { type: 'video' as const, width: 720, height: 1280, duration_sec: 5.04 };
const parts = [
  { shapes: [wide], id: [9, 8], shape: [0, 0], created_at: [200, 199], next_cursor: '8' },
  { shapes: [clip, wide], id: [5, 4], shape: [0, 1], created_at: [100, 99], next_cursor: null },
];

describe('the index of the library', () => {
  it('is one, whatever parts it came in', () => {
    const index = joinParts(parts);
    expect([...index.ids]).toEqual([9, 8, 5, 4]);
    expect([...index.madeAt]).toEqual([200, 199, 100, 99]);
    expect([0, 1, 2, 3].map((at) => shapeAt(index, at))).toEqual([wide, wide, clip, wide]);
    expect(index.shapes).toHaveLength(2);
    expect(placeOfAsset(index, 5)).toBe(2);
  });

  it('loses what was deleted and keeps the order', () => {
    const index = joinParts(parts);
    const fewer = without(index, new Set([8, 77]));
    expect([...fewer.ids]).toEqual([9, 5, 4]);
    expect(shapeAt(fewer, 1)).toEqual(clip);
    expect(without(index, new Set([77]))).toBe(index);
  });

  it('takes in what it has not, at either end', () => {
    const index = joinParts(parts);
    const news = unknownTo(index, joinParts([{ shapes: [clip, wide], id: [11, 10, 9], shape: [0, 1, 1], created_at: [220, 210, 200], next_cursor: null }]));
    expect([...news.ids]).toEqual([11, 10]);
    const before = joined(news, index);
    expect([...before.ids]).toEqual([11, 10, 9, 8, 5, 4]);
    expect([0, 1, 2, 4].map((at) => shapeAt(before, at))).toEqual([clip, wide, wide, clip]);
    const behind = joined(reversed(index), reversed(news));
    expect([...behind.ids]).toEqual([4, 5, 8, 9, 10, 11]);
    expect([0, 1, 5].map((at) => shapeAt(behind, at))).toEqual([wide, clip, clip]);
  });
});
