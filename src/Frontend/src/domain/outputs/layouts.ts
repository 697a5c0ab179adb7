import { justify } from './justify';

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

/** A place in a line: its number in the gallery and how wide it is. */
export interface Place {
  slot: number;
  width: number;
}

/** A gallery cut into lines, each told when it is asked for. */
export interface Lines {
  count: number;
  heightOf: (line: number) => number;
  placesOf: (line: number) => Place[];
}

/** Squares, in order, a line at a time. Nothing is laid out ahead: where a square is follows from its number. */
export function squares(slots: number, width: number, target: number, gap: number): Lines {
  const columns = columnsOf(width, target, gap);
  return {
    count: Math.ceil(slots / columns.count),
    heightOf: () => columns.width,
    placesOf: (line) => {
      const from = line * columns.count;
      return Array.from({ length: Math.min(columns.count, slots - from) }, (_, at) => ({ slot: from + at, width: columns.width }));
    },
  };
}

/** One under another, none taller than `flattest` allows. */
export function oneColumn(ratios: readonly number[], width: number, flattest: number): Lines {
  return { count: ratios.length, heightOf: (line) => width / Math.max(flattest, ratios[line] ?? 1), placesOf: (line) => [{ slot: line, width }] };
}

/** Rows that fill the width, each picture at its own ratio. */
export function justified(ratios: readonly number[], width: number, target: number, gap: number): Lines {
  const rows = justify(ratios, width, target, gap);
  return { count: rows.length, heightOf: (line) => rows[line]?.height ?? target, placesOf: (line) => rows[line]?.widths.map((own, at) => ({ slot: (rows[line]?.from ?? 0) + at, width: own })) ?? [] };
}
