export interface Row {
  height: number;
  /** The first place in it; the rest follow. */
  from: number;
  widths: number[];
}

/** A wider or taller picture is cropped to these, so that one panorama does not flatten its row. */
const narrowest = 0.56;
const widest = 2;

/**
 * Lays pictures of these ratios (width over height) out in rows of nearly `target` height that fill `width` exactly, in order. The last row keeps the
 * target height rather than blowing up one picture.
 */
export function justify(ratios: readonly number[], width: number, target: number, gap: number): Row[] {
  const rows: Row[] = [];
  let current: number[] = [];
  let from = 0;
  let sum = 0;

  const push = (height: number) => {
    rows.push({ height, from, widths: current.map((ratio) => ratio * height) });
    from += current.length;
    current = [];
    sum = 0;
  };

  for (const ratio of ratios) {
    const shown = Math.min(widest, Math.max(narrowest, ratio));
    current.push(shown);
    sum += shown;
    const height = (width - gap * (current.length - 1)) / sum;
    if (height <= target) push(height);
  }
  if (current.length > 0) push(Math.min(target, (width - gap * (current.length - 1)) / sum));
  return rows;
}
