import type { GalleryItem } from './gallery-item';

/** Items in order: what was described, and behind it what has just been announced. */
export interface ItemList {
  length: number;
  at: (index: number) => GalleryItem | undefined;
}

const nothing: readonly GalleryItem[] = [];

/** Both parts as one list, without a copy: the first is long and stands still, the second is short and grows with every event. */
export function inARow(settled: readonly GalleryItem[], fresh: readonly GalleryItem[] = nothing): ItemList {
  return { length: settled.length + fresh.length, at: (index) => (index < settled.length ? settled[index] : fresh[index - settled.length]) };
}

/** How much the true ratio may differ from the reserved one before a picture is given its own place: as much is cropped instead, so that nothing moves. */
const tolerance = 0.12;

/**
 * Makes items out of rows, once each. An unchanged list of rows is the same list of items; an item keeps its object, so its tile is not drawn again, and
 * the place that was reserved for it.
 */
export function itemMaker() {
  const known = new Map<number, { row: object; item: GalleryItem }>();
  const lists = new WeakMap<object, readonly GalleryItem[]>();
  return <T extends { id: number }>(rows: readonly T[], make: (row: T) => GalleryItem | null): readonly GalleryItem[] => {
    const before = lists.get(rows);
    if (before) return before;
    const items: GalleryItem[] = [];
    for (const row of rows) {
      const had = known.get(row.id);
      if (had?.row === row) {
        items.push(had.item);
        continue;
      }
      const made = make(row);
      if (!made) continue;
      const item = had && Math.abs(made.ratio / had.item.ratio - 1) < tolerance ? { ...made, ratio: had.item.ratio } : made;
      known.set(row.id, { row, item });
      items.push(item);
    }
    lists.set(rows, items);
    return items;
  };
}

/** Joins lists; while none of them changes the joined one does not either. */
export function joiner() {
  let parts: readonly (readonly GalleryItem[])[] = [];
  let joined = nothing;
  return (next: readonly (readonly GalleryItem[])[]): readonly GalleryItem[] => {
    if (next.length !== parts.length || next.some((part, at) => part !== parts[at])) {
      parts = next;
      joined = next.length === 1 && next[0] ? next[0] : next.flat();
    }
    return joined;
  };
}
