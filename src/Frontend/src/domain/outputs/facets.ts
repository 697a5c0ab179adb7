import type { GalleryItem } from './gallery-item';

/** One value that outputs have in common, and how many. */
export interface Facet {
  value: string;
  count: number;
}

/** Null stands for any. */
export interface GalleryFilter {
  model: string | null;
  /** A day as this browser's calendar has it, `2026-11-24`. */
  day: string | null;
}

export const noFilter: GalleryFilter = { model: null, day: null };
export const isFiltering = (filter: GalleryFilter) => filter.model !== null || filter.day !== null;

const quarterHour = 900_000;
const days = new Map<number, string>();

/** The day of a moment. Days begin on a quarter of an hour everywhere, so one calendar look-up serves all that was made in the same one. */
export function dayOf(milliseconds: number): string {
  const quarter = Math.floor(milliseconds / quarterHour);
  let day = days.get(quarter);
  if (day === undefined) {
    const date = new Date(milliseconds);
    day = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
    days.set(quarter, day);
  }
  return day;
}

/** `Today`, `Yesterday`, `3 Nov 2026`. */
export function dayWords(day: string, now: number): string {
  if (day === dayOf(now)) return 'Today';
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (day === dayOf(yesterday.getTime())) return 'Yesterday';
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toLocaleDateString('en-GB', { day: 'numeric', month: 'short', year: 'numeric' });
}

const counted = new WeakMap<readonly GalleryItem[], { models: Facet[]; days: Facet[] }>();

/** Models, the most used first, and days, the newest first, with how many outputs each has. Counted once a list. */
export function facetsOf(items: readonly GalleryItem[]): { models: readonly Facet[]; days: readonly Facet[] } {
  const before = counted.get(items);
  if (before) return before;
  const models = new Map<string, number>();
  const made = new Map<string, number>();
  for (const { model, madeAt } of items) {
    if (model !== null) models.set(model, (models.get(model) ?? 0) + 1);
    if (madeAt !== null) made.set(dayOf(madeAt), (made.get(dayOf(madeAt)) ?? 0) + 1);
  }
  const facets = {
    models: [...models].map(([value, count]) => ({ value, count })).sort((a, b) => b.count - a.count || a.value.localeCompare(b.value)),
    days: [...made].map(([value, count]) => ({ value, count })).sort((a, b) => b.value.localeCompare(a.value)),
  };
  counted.set(items, facets);
  return facets;
}

export const matches = (filter: GalleryFilter, item: GalleryItem) =>
  (filter.model === null || item.model === filter.model) && (filter.day === null || (item.madeAt !== null && dayOf(item.madeAt) === filter.day));

/** Those that match; the very list when nothing is filtered. */
export const filtered = (items: readonly GalleryItem[], filter: GalleryFilter): readonly GalleryItem[] => (isFiltering(filter) ? items.filter((item) => matches(filter, item)) : items);
