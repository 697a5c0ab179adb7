import { expect, it } from 'vitest';
import { justify } from './justify';

it('fills every row but the last to the width', () => {
  for (let count = 1; count < 60; count += 1) {
    const rows = justify(Array.from({ length: count }, (_, index) => 0.6 + ((index * 37) % 13) / 10), 1000, 200, 10);
    expect(rows.reduce((sum, row) => sum + row.widths.length, 0)).toBe(count);
    rows.forEach((row, index) => {
      const used = row.widths.reduce((sum, width) => sum + width, 0) + 10 * (row.widths.length - 1);
      if (index < rows.length - 1) expect(used).toBeCloseTo(1000, 3);
      else expect(used).toBeLessThanOrEqual(1000.001);
      expect(row.height).toBeLessThanOrEqual(200.001);
    });
  }
});

it('keeps the order', () => {
  const rows = justify([1, 1.5, 0.7, 2], 400, 200, 10);
  expect(rows.flatMap((row) => row.widths.map((width) => width / row.height))).toEqual([1, 1.5, 0.7, 2].map((ratio) => expect.closeTo(ratio) as number));
  expect(rows.map((row) => row.from)).toEqual([0, 2]);
});
it('does not let a panorama flatten its row', () => expect(justify([8, 1], 1000, 200, 10)[0]?.height).toBeGreaterThan(150));
it('has no rows for nothing', () => expect(justify([], 1000, 200, 10)).toEqual([]));
