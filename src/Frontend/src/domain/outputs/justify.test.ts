import { expect, it } from 'vitest';
import { justify } from './justify';

const tiles = (...ratios: number[]) => ratios.map((ratio) => ({ ratio }));

it('fills every row but the last to the width', () => {
  for (let count = 1; count < 60; count += 1) {
    const rows = justify(tiles(...Array.from({ length: count }, (_, index) => 0.6 + ((index * 37) % 13) / 10)), 1000, 200, 10);
    expect(rows.flatMap((row) => row.tiles)).toHaveLength(count);
    rows.forEach((row, index) => {
      const used = row.tiles.reduce((sum, tile) => sum + tile.width, 0) + 10 * (row.tiles.length - 1);
      if (index < rows.length - 1) expect(used).toBeCloseTo(1000, 3);
      else expect(used).toBeLessThanOrEqual(1000.001);
      expect(row.height).toBeLessThanOrEqual(200.001);
    });
  }
});

it('keeps the order', () => expect(justify(tiles(1, 1.5, 0.7, 2), 400, 200, 10).flatMap((row) => row.tiles.map((tile) => tile.item.ratio))).toEqual([1, 1.5, 0.7, 2]));
it('does not let a panorama flatten its row', () => expect(justify(tiles(8, 1), 1000, 200, 10)[0]?.height).toBeGreaterThan(150));
it('has no rows for nothing', () => expect(justify([], 1000, 200, 10)).toEqual([]));
