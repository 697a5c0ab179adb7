import { describe, expect, it } from 'vitest';
import { pullOf } from './card-view';
import { belowInMatrix, comparedOf, matrixOrder } from './places';

const matrix = { columns: [{ key: 'a', label: 'a' }, { key: 'b', label: 'b' }], rows: [{ image: 0, cells: [[1, 2], [3]] }, { image: 1, cells: [[], [4]] }, { image: 2, cells: [[5], [6]] }] };
const all = () => true;

describe('where the keys go', () => {
  it('is row by row', () => expect(matrixOrder(matrix)).toEqual([1, 2, 3, 4, 5, 6]));

  it('is the same place of the next row that has one', () => {
    expect(belowInMatrix(matrix, 3, 1, all)).toBe(4);
    expect(belowInMatrix(matrix, 2, 1, all)).toBe(5);
    expect(belowInMatrix(matrix, 3, 1, (id) => id !== 4)).toBe(6);
    expect(belowInMatrix(matrix, 5, 1, all)).toBeNull();
    expect(belowInMatrix(matrix, 6, -1, all)).toBe(4);
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
