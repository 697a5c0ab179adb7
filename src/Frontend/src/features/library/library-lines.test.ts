import { describe, expect, it } from 'vitest';
import { joinParts } from '@/domain/assets/asset-index';
import { daysOf, headingHeight, libraryLines, neighbour } from './library-lines';

const noon = (day: number) => new Date(2026, 10, day, 12).getTime() / 1000;
const anIndex = (madeAt: number[]) => joinParts([{ shapes: [{ type: 'image', width: 100, height: 100, duration_sec: null }], id: madeAt.map((_, at) => 100 - at), shape: madeAt.map(() => 0), created_at: madeAt, next_cursor: null }]);
const layout = { width: 430, target: 100, gap: 10, kind: 'rows' as const };

describe('lines of the library', () => {
  const index = anIndex([noon(29), noon(29), noon(29), noon(29), noon(29), noon(28)]);

  it('begin with the day and hold every place once', () => {
    const lines = libraryLines(index, daysOf(index), layout);
    expect(Array.from({ length: lines.count }, (_, line) => lines.headingOf(line)?.day ?? lines.placesOf(line).map(({ slot }) => slot))).toEqual(['2026-11-29', [0, 1, 2, 3], [4], '2026-11-28', [5]]);
    expect(lines.heightOf(0)).toBe(headingHeight);
    expect(lines.heightOf(1)).toBeCloseTo(100);
  });

  it('are without days in another order', () => {
    const lines = libraryLines(index, null, { ...layout, kind: 'grid' });
    expect(Array.from({ length: lines.count }, (_, line) => lines.placesOf(line).map(({ slot }) => slot))).toEqual([[0, 1, 2, 3], [4, 5]]);
    expect(lines.headingOf(0)).toBeNull();
  });

  it('know where a place is, and arrows lead on from it over days', () => {
    const lines = libraryLines(index, daysOf(index), layout);
    expect([0, 3, 4, 5].map((slot) => lines.lineOf(slot))).toEqual([1, 1, 2, 4]);
    const go = (slot: number, key: string) => neighbour(lines, slot, 5, key);
    expect([go(0, 'ArrowRight'), go(4, 'ArrowUp'), go(3, 'ArrowDown'), go(4, 'ArrowDown'), go(5, 'ArrowUp')]).toEqual([1, 0, 4, 5, 4]);
    expect([go(0, 'ArrowLeft'), go(5, 'ArrowRight'), go(0, 'ArrowUp'), go(5, 'ArrowDown'), go(0, 'x')]).toEqual([null, null, null, null, null]);
  });

  it('of nothing are none', () => {
    const nothing = anIndex([]);
    expect(libraryLines(nothing, daysOf(nothing), layout).count).toBe(0);
    expect(libraryLines(nothing, null, layout).count).toBe(0);
  });

  it('of a hundred thousand are laid out whole', () => {
    const many = anIndex(Array.from({ length: 100_000 }, (_, at) => noon(29) - at * 60));
    const lines = libraryLines(many, daysOf(many), { ...layout, width: 1200, target: 210 });
    expect(lines.placesOf(lines.count - 1).at(-1)?.slot).toBe(99_999);
  });

  it('in columns put each picture into the shortest, and arrows keep to theirs', () => {
    const shapes = [{ type: 'image' as const, width: 100, height: 100, duration_sec: null }, { type: 'image' as const, width: 100, height: 200, duration_sec: null }];
    const index = joinParts([{ shapes, id: [6, 5, 4, 3, 2, 1], shape: [1, 0, 0, 0, 0, 0], created_at: Array.from({ length: 6 }, () => noon(29)), next_cursor: null }]);
    const lines = libraryLines(index, daysOf(index), { width: 210, target: 100, gap: 10, kind: 'masonry' });
    const places = Array.from({ length: lines.count }, (_, line) => lines.placesOf(line).map(({ slot, left }) => [slot, left])).flat();
    // 0 is 200 tall at the left; 1 and 2 fit beside it.
    expect(places).toEqual([[0, 0], [1, 110], [2, 110], [3, 0], [4, 110], [5, 0]]);
    expect(['ArrowDown', 'ArrowUp', 'ArrowRight'].map((key) => neighbour(lines, 3, 5, key))).toEqual([5, 0, 4]);
    expect([0, 3, 5].map((slot) => lines.placesOf(lines.lineOf(slot)).some((place) => place.slot === slot))).toEqual([true, true, true]);
  });

  it('in columns are as tall together as the tallest column, however many', () => {
    const index = anIndex(Array.from({ length: 100_000 }, (_, at) => noon(29) - at * 60));
    const lines = libraryLines(index, null, { width: 1200, target: 230, gap: 10, kind: 'masonry' });
    let height = 0;
    for (let line = 0; line < lines.count; line += 1) height += lines.heightOf(line) + 10;
    expect(height).toBeCloseTo(20_000 * (232 + 10), 3);
    expect(lines.placesOf(lines.lineOf(99_999)).some(({ slot }) => slot === 99_999)).toBe(true);
  });
});
