import { expect, it } from 'vitest';
import { columnsOf, squares } from './layouts';

it.each([[1000, 190, 10, 5], [390, 190, 10, 2], [100, 190, 10, 1]])('in %i pixels with about %i each and gaps of %i there are %i columns', (width, target, gap, count) => {
  const columns = columnsOf(width, target, gap);
  expect(columns.count).toBe(count);
  expect(columns.width * count + gap * (count - 1)).toBeCloseTo(width);
});

it('puts every picture into a square, in order', () => {
  const rows = squares([1, 2, 3].map((ratio) => ({ ratio })), 410, 190, 10);
  expect(rows.map((row) => row.tiles.map(({ item }) => item.ratio))).toEqual([[1, 2], [3]]);
  expect(rows[0]).toMatchObject({ height: 200 });
});
