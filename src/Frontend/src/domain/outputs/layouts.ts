import type { Row, Tile } from './justify';

export type GalleryLayout = 'rows' | 'grid' | 'masonry' | 'carousel';

export interface Columns {
  count: number;
  width: number;
}

/** As many columns of about `target` pixels as fit, filling `width` exactly. */
export function columnsOf(width: number, target: number, gap: number): Columns {
  const count = Math.max(1, Math.floor((width + gap) / (target + gap)));
  return { count, width: (width - gap * (count - 1)) / count };
}

/** Squares, in order, a row at a time. */
export function squares<T extends Tile>(items: readonly T[], width: number, target: number, gap: number): Row<T>[] {
  const columns = columnsOf(width, target, gap);
  return Array.from({ length: Math.ceil(items.length / columns.count) }, (_, row) => ({
    height: columns.width,
    tiles: items.slice(row * columns.count, (row + 1) * columns.count).map((item) => ({ item, width: columns.width })),
  }));
}
