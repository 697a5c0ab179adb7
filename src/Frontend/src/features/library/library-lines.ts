import { shapeAt, ratioOf, type AssetIndex } from '@/domain/assets/asset-index';
import { dayOf } from '@/domain/outputs/facets';
import { justify } from '@/domain/outputs/justify';
import { squares, type Lines, type Place } from '@/domain/outputs/layouts';
import { masonry, type Box, type MasonryLines } from './masonry';

export interface Day {
  /** As this browser's calendar has it, `2026-11-24`. */
  day: string;
  from: number;
  count: number;
}

/** Days in the order in which they come; a day is one stretch. */
export function daysOf(index: AssetIndex): Day[] {
  const days: Day[] = [];
  for (let at = 0; at < index.length; at += 1) {
    const day = dayOf((index.madeAt[at] ?? 0) * 1000);
    const last = days.at(-1);
    if (last?.day === day) last.count += 1;
    else days.push({ day, from: at, count: 1 });
  }
  return days;
}

type LibraryPlace = Place & Partial<Box>;

export interface LibraryLines extends Lines {
  placesOf: (line: number) => LibraryPlace[];
  /** In columns: the next one up or down in its own; null where there is none. */
  inColumn: (slot: number, step: number) => number | null;
  /** The day that begins above this line; null for a line of pictures. */
  headingOf: (line: number) => Day | null;
  /** The line a place is in. */
  lineOf: (slot: number) => number;
}

export const headingHeight = 36;

interface Layout {
  width: number;
  /** Height of a row, or width of a square or column. */
  target: number;
  gap: number;
  kind: 'rows' | 'grid' | 'masonry';
}

/** Every line of the library: rows of pictures, and above each day its name. A hundred thousand take a few milliseconds. */
export function libraryLines(index: AssetIndex, days: readonly Day[] | null, { width, target, gap, kind }: Layout): LibraryLines {
  const parts = days ?? [{ day: '', from: 0, count: index.length }];
  const starts: number[] = [];
  const lines: (Lines | MasonryLines)[] = [];
  let count = 0;
  for (const part of parts) {
    starts.push(count);
    const of = kind === 'grid' ? squares(part.count, width, target, gap) : kind === 'masonry' ? masonry(index, part, width, target, gap) : rowsOf(index, part, width, target, gap);
    lines.push(of);
    count += of.count + (days ? 1 : 0);
  }
  const head = days ? 1 : 0;
  const partOf = (line: number) => {
    const low = lastUpTo(starts.length, (at) => starts[at] ?? 0, line);
    return { part: parts[low], of: lines[low], within: line - (starts[low] ?? 0) - head };
  };
  const partAt = (slot: number) => lastUpTo(parts.length, (part) => parts[part]?.from ?? 0, slot);
  return {
    count: index.length === 0 ? 0 : count,
    lineOf: (slot) => {
      const at = partAt(slot);
      const of = lines[at];
      const within = of ? lastUpTo(of.count, (line) => firstOf(of, line), slot - (parts[at]?.from ?? 0)) : 0;
      return (starts[at] ?? 0) + head + within;
    },
    inColumn: (slot, step) => {
      const at = partAt(slot);
      const of = lines[at];
      const from = parts[at]?.from ?? 0;
      const next = of && 'inColumn' in of ? of.inColumn(slot - from, step) : null;
      return next === null ? null : next + from;
    },
    headingOf: (line) => {
      const { part, within } = partOf(line);
      return within < 0 && part ? part : null;
    },
    heightOf: (line) => {
      const { of, within } = partOf(line);
      return within < 0 ? headingHeight : (of?.heightOf(within) ?? 0);
    },
    placesOf: (line): LibraryPlace[] => {
      const { part, of, within } = partOf(line);
      return within < 0 || !of || !part ? [] : of.placesOf(within).map((place) => ({ ...place, slot: place.slot + part.from }));
    },
  };
}

/** The first place of a line; that of the next line where it has none of its own. */
function firstOf(of: Lines, line: number): number {
  for (let at = line; at < of.count; at += 1) {
    const [first] = of.placesOf(at);
    if (first) return first.slot;
  }
  return Infinity;
}

/** The last of `count` whose value, which rises, is not beyond `limit`. */
function lastUpTo(count: number, valueOf: (at: number) => number, limit: number): number {
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (valueOf(middle) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}

const steps: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };

/** Where an arrow leads from a place: beside it, or to what lies nearest in the row above or below; null where nothing is, or for another key. */
export function neighbour(lines: LibraryLines, slot: number, last: number, key: string): number | null {
  const step = steps[key];
  if (step === undefined) return null;
  if (key === 'ArrowLeft' || key === 'ArrowRight') return slot + step < 0 || slot + step > last ? null : slot + step;
  const below = lines.inColumn(slot, step);
  if (below !== null) return below;
  const line = lines.lineOf(slot);
  const middle = middles(lines.placesOf(line)).find((place) => place.slot === slot)?.middle ?? 0;
  for (let next = line + step; next >= 0 && next < lines.count; next += step) {
    const places = middles(lines.placesOf(next));
    if (places.length > 0) return places.reduce((best, place) => (Math.abs(place.middle - middle) < Math.abs(best.middle - middle) ? place : best)).slot;
  }
  return null;
}

function middles(places: readonly LibraryPlace[]): { slot: number; middle: number }[] {
  let end = 0;
  return places.map(({ slot, width, left = end }) => {
    end = left + width;
    return { slot, middle: left + width / 2 };
  });
}

function rowsOf(index: AssetIndex, { from, count }: Day, width: number, target: number, gap: number): Lines {
  const ratios = Array.from({ length: count }, (_, at) => ratioOf(shapeAt(index, from + at)));
  const rows = justify(ratios, width, target, gap);
  return { count: rows.length, heightOf: (line) => rows[line]?.height ?? target, placesOf: (line) => rows[line]?.widths.map((own, at) => ({ slot: (rows[line]?.from ?? 0) + at, width: own })) ?? [] };
}
