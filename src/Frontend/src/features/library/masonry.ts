import { ratioOf, shapeAt, type AssetIndex } from '@/domain/assets/asset-index';
import { columnsOf, type Lines, type Place } from '@/domain/outputs/layouts';
import type { Day } from './library-lines';

/** Where a place lies in its line, where that is not simply beside the one before it. */
export interface Box {
  left: number;
  top: number;
  height: number;
}

export interface MasonryLines extends Lines {
  placesOf: (line: number) => (Place & Box)[];
  /** The next one up or down in the same column; null at its end. */
  inColumn: (slot: number, step: number) => number | null;
}

/** Lines of this many pixels, so that only what is near is in the page. A picture may reach into the lines below its own. */
const band = 240;
/** A taller one is cropped: it reaches no further than what is kept around the page. */
const narrowest = 0.4;
const widest = 3;

/** Columns of one width, each picture as tall as it is, always in the shortest column. Those tops never fall, so they are found by halving. */
export function masonry(index: AssetIndex, { from, count }: Day, width: number, target: number, gap: number): MasonryLines {
  const columns = columnsOf(width, target, gap);
  const tops = new Float64Array(count);
  const columnOf = new Uint16Array(count);
  const heightAt = (at: number) => columns.width / Math.min(widest, Math.max(narrowest, ratioOf(shapeAt(index, from + at))));
  const ends = new Float64Array(columns.count);
  for (let at = 0; at < count; at += 1) {
    let shortest = 0;
    for (let column = 1; column < columns.count; column += 1) if ((ends[column] ?? 0) < (ends[shortest] ?? 0)) shortest = column;
    columnOf[at] = shortest;
    tops[at] = ends[shortest] ?? 0;
    ends[shortest] = (tops[at] ?? 0) + heightAt(at) + gap;
  }
  const total = Math.max(0, Math.max(...ends) - gap);
  const lines = count === 0 ? 0 : Math.max(1, Math.ceil(total / band));
  const firstFrom = (top: number) => {
    let low = 0;
    let high = count;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((tops[middle] ?? 0) < top) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    count: lines,
    // The gap that follows every line is part of the band.
    heightOf: (line) => (line < lines - 1 ? band - gap : total - band * (lines - 1)),
    placesOf: (line) => {
      const places: (Place & Box)[] = [];
      const last = firstFrom(band * (line + 1));
      for (let at = firstFrom(band * line); at < last; at += 1) {
        places.push({ slot: at, width: columns.width, left: (columnOf[at] ?? 0) * (columns.width + gap), top: (tops[at] ?? 0) - band * line, height: heightAt(at) });
      }
      return places;
    },
    inColumn: (slot, step) => {
      for (let at = slot + step; at >= 0 && at < count; at += step) if (columnOf[at] === columnOf[slot]) return at;
      return null;
    },
  };
}
