import { expect, it } from 'vitest';
import { columnsOf, justified, oneColumn, squares, type Lines } from './layouts';

it.each([[1000, 190, 10, 5], [390, 190, 10, 2], [100, 190, 10, 1]])('in %i pixels with about %i each and gaps of %i there are %i columns', (width, target, gap, count) => {
  const columns = columnsOf(width, target, gap);
  expect(columns.count).toBe(count);
  expect(columns.width * count + gap * (count - 1)).toBeCloseTo(width);
});

const slotsOf = (lines: Lines) => Array.from({ length: lines.count }, (_, line) => lines.placesOf(line).map(({ slot }) => slot));

it('puts every picture into a square, in order', () => {
  const lines = squares(3, 410, 190, 10);
  expect(slotsOf(lines)).toEqual([[0, 1], [2]]);
  expect(lines.heightOf(0)).toBe(200);
});

it('reads no ratio to lay out squares, and each once for rows', () => {
  let read = 0;
  const ratios = new Proxy(Array.from({ length: 10_000 }, (_, n) => 0.6 + ((n * 37) % 13) / 10), {
    get: (target, key, receiver) => {
      if (typeof key === 'string' && /^\d+$/.test(key)) read += 1;
      return Reflect.get(target, key, receiver) as unknown;
    },
  });
  expect(slotsOf(squares(10_000, 1000, 190, 10)).flat()).toHaveLength(10_000);
  expect(read).toBe(0);
  expect(slotsOf(justified(ratios, 1000, 210, 10)).flat()).toEqual(Array.from({ length: 10_000 }, (_, n) => n));
  expect(read).toBe(10_000);
  const column = oneColumn(ratios, 390, 0.7);
  expect(read).toBe(10_000);
  expect([column.count, column.heightOf(9_999) > 0]).toEqual([10_000, true]);
});
