export interface Tile {
  /** Width over height. */
  ratio: number;
}

export interface Row<T> {
  height: number;
  tiles: { item: T; width: number }[];
}

/** A wider or taller picture is cropped to these, so that one panorama does not flatten its row. */
const narrowest = 0.56;
const widest = 2;

/**
 * Lays tiles out in rows of nearly `target` height that fill `width` exactly, in order. The last row keeps the
 * target height rather than blowing up one picture.
 */
export function justify<T extends Tile>(items: readonly T[], width: number, target: number, gap: number): Row<T>[] {
  const rows: Row<T>[] = [];
  let current: T[] = [];
  let sum = 0;
  const clamp = (ratio: number) => Math.min(widest, Math.max(narrowest, ratio));

  const push = (height: number) => {
    rows.push({ height, tiles: current.map((item) => ({ item, width: clamp(item.ratio) * height })) });
    current = [];
    sum = 0;
  };

  for (const item of items) {
    current.push(item);
    sum += clamp(item.ratio);
    const height = (width - gap * (current.length - 1)) / sum;
    if (height <= target) push(height);
  }
  if (current.length > 0) push(Math.min(target, (width - gap * (current.length - 1)) / sum));
  return rows;
}
