import type { Matrix } from './review-model';

/** Ids as the matrix shows them, row by row. */
export const matrixOrder = (matrix: Matrix) => matrix.rows.flatMap((row) => row.cells.flat());

/** The one in the same place of the next row that has one. */
export function belowInMatrix(matrix: Matrix, at: number, by: 1 | -1, passes: (id: number) => boolean): number | null {
  const from = matrix.rows.findIndex((row) => row.cells.some((cell) => cell.includes(at)));
  const column = matrix.rows[from]?.cells.findIndex((cell) => cell.includes(at)) ?? 0;
  const take = matrix.rows[from]?.cells[column]?.indexOf(at) ?? 0;
  for (let row = from + by; row >= 0 && row < matrix.rows.length; row += by) {
    const cell = (matrix.rows[row]?.cells[column] ?? []).filter(passes);
    if (cell.length > 0) return cell[Math.min(take, cell.length - 1)] ?? null;
  }
  return null;
}

/** The one at hand among its neighbours; it keeps its slot while the keys move within them. */
export function comparedOf(shown: readonly number[], at: number | null, many: number): readonly number[] {
  const place = Math.max(0, at === null ? 0 : shown.indexOf(at));
  const start = Math.min(Math.floor(place / many) * many, Math.max(0, shown.length - many));
  return shown.slice(start, start + many);
}
