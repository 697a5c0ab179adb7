import { describe, expect, it } from 'vitest';
import { pullOf } from './card-view';
import { belowInMatrix, besideInMatrix, cellOf, comparedOf, matrixOrder, topOf } from './places';
import { aReviewEntry } from './testing';

const matrix = { columns: [{ key: 'a', label: 'a' }, { key: 'b', label: 'b' }], rows: [{ image: 0, cells: [[1, 2], [3]] }, { image: 1, cells: [[], [4]] }, { image: 2, cells: [[5], [6]] }] };
const all = () => true;
const first = (cell: readonly number[]) => cell[0] as number;

describe('where the keys go', () => {
  it('is row by row', () => expect(matrixOrder(matrix)).toEqual([1, 2, 3, 4, 5, 6]));

  it('is the same place of the next row that has one', () => {
    expect(belowInMatrix(matrix, 3, 1, all, first)).toBe(4);
    expect(belowInMatrix(matrix, 2, 1, all, first)).toBe(5);
    expect(belowInMatrix(matrix, 3, 1, (id) => id !== 4, first)).toBe(6);
    expect(belowInMatrix(matrix, 5, 1, all, first)).toBeNull();
    expect(belowInMatrix(matrix, 6, -1, all, first)).toBe(4);
  });

  it('takes a stack as one place, of which the top is gone to', () => {
    const stacked = { ...matrix, rows: [{ image: 0, cells: [[1, 2], [11, 12, 13, 14, 15]] }, { image: 1, cells: [[3], [21, 22, 23, 24, 25]] }] };
    const top = (cell: readonly number[]) => topOf(cell, (id) => aReviewEntry({ id, rating: id === 23 ? 5 : null }), 13);
    expect(besideInMatrix(stacked, 2, 1, all, top)).toBe(13);
    expect(besideInMatrix(stacked, 13, 1, all, top)).toBe(3);
    expect(besideInMatrix(stacked, 3, 1, all, top)).toBe(23);
    expect(besideInMatrix(stacked, 23, 1, all, top)).toBeNull();
    expect(belowInMatrix(stacked, 13, 1, all, top)).toBe(23);
    // Filtered to few, it is a stack no more.
    expect(besideInMatrix(stacked, 12, 1, (id) => id < 14, top)).toBe(13);
    expect(cellOf(stacked, 14)).toMatchObject({ row: 0, column: 1 });
  });

  it('keeps what is compared in its slots while it moves within them', () => {
    expect(comparedOf([1, 2, 3, 4, 5], 1, 2)).toEqual([1, 2]);
    expect(comparedOf([1, 2, 3, 4, 5], 2, 2)).toEqual([1, 2]);
    expect(comparedOf([1, 2, 3, 4, 5], 5, 2)).toEqual([4, 5]);
    expect(comparedOf([1, 2, 3], 3, 4)).toEqual([1, 2, 3]);
  });
});

describe('a card', () => {
  it('is thrown one way only when it went far enough that way', () => {
    expect(pullOf(120, 20)).toBe('pick');
    expect(pullOf(-120, 20)).toBe('reject');
    expect(pullOf(30, -120)).toBe('rate');
    expect(pullOf(50, -50)).toBeNull();
    expect(pullOf(0, 200)).toBeNull();
  });
});
