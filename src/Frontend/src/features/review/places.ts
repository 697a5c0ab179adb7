import type { Matrix, ReviewEntry } from './review-model';

/** More than these in a cell lie on one stack. */
export const mostSideBySide = 4;

export const isStack = (cell: readonly number[]) => cell.length > mostSideBySide;

/** Ids as the matrix shows them, row by row. */
export const matrixOrder = (matrix: Matrix) => matrix.rows.flatMap((row) => row.cells.flat());

type Passes = (id: number) => boolean;
type Top = (cell: readonly number[]) => number;

/** What lies on top of a stack: where the keys are, else the pick, else the best. */
export function topOf(cell: readonly number[], entryOf: (id: number) => ReviewEntry | undefined, at: number | null): number {
  if (at !== null && cell.includes(at)) return at;
  const weight = (id: number) => {
    const { verdict, rating } = entryOf(id) ?? { verdict: 'unset', rating: null };
    return (verdict === 'pick' ? 10 : verdict === 'reject' ? -10 : 0) + (rating ?? 0);
  };
  return cell.reduce((best, id) => (weight(id) > weight(best) ? id : best), cell[0] as number);
}

/** Where an output stands in the matrix; null when it does not. */
export function cellOf(matrix: Matrix, id: number): { row: number; column: number; cell: readonly number[] } | null {
  for (const [row, { cells }] of matrix.rows.entries()) {
    const column = cells.findIndex((cell) => cell.includes(id));
    if (column >= 0) return { row, column, cell: cells[column] ?? [] };
  }
  return null;
}

/** The next one to the right or left, row after row. A stack is one place: what lies in it is looked at by opening it. */
export function besideInMatrix(matrix: Matrix, at: number, by: 1 | -1, passes: Passes, top: Top): number | null {
  const cells = matrix.rows.flatMap((row) => row.cells.map((cell) => cell.filter(passes))).filter((cell) => cell.length > 0);
  const stops = cells.flatMap((cell) => (isStack(cell) ? [top(cell)] : cell));
  const place = stops.indexOf(at);
  return stops[place < 0 ? 0 : place + by] ?? null;
}

/** The one in the same place of the next row that has one. */
export function belowInMatrix(matrix: Matrix, at: number, by: 1 | -1, passes: Passes, top: Top): number | null {
  const from = cellOf(matrix, at);
  if (!from) return null;
  const take = from.cell.filter(passes).indexOf(at);
  for (let row = from.row + by; row >= 0 && row < matrix.rows.length; row += by) {
    const cell = (matrix.rows[row]?.cells[from.column] ?? []).filter(passes);
    if (isStack(cell)) return top(cell);
    if (cell.length > 0) return cell[Math.min(Math.max(0, take), cell.length - 1)] ?? null;
  }
  return null;
}

/** The one at hand among its neighbours; it keeps its slot while the keys move within them. */
export function comparedOf(shown: readonly number[], at: number | null, many: number): readonly number[] {
  const place = Math.max(0, at === null ? 0 : shown.indexOf(at));
  const start = Math.min(Math.floor(place / many) * many, Math.max(0, shown.length - many));
  return shown.slice(start, start + many);
}
