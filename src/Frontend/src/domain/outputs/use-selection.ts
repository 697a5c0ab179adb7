import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { GalleryItem } from './gallery-item';
import type { ItemList } from './item-lists';

const none: ReadonlySet<string> = new Set();
const byKey = new WeakMap<readonly GalleryItem[], ReadonlyMap<string, GalleryItem>>();

/** Keys of a list, looked up once. */
function lookUp(items: readonly GalleryItem[]): ReadonlyMap<string, GalleryItem> {
  let map = byKey.get(items);
  if (!map) {
    map = new Map(items.map((item) => [item.key, item]));
    byKey.set(items, map);
  }
  return map;
}

/** Which outputs are marked. What is not shown is not among them, so that nothing is done to what nobody sees. */
export function useSelection(items: readonly GalleryItem[], fresh: readonly GalleryItem[], all: ItemList) {
  const [picked, setPicked] = useState<ReadonlySet<string>>(none);
  const last = useRef<number | null>(null);
  const list = useRef(all);
  useEffect(() => {
    list.current = all;
  });

  const select = useCallback((index: number, pick: boolean, range: boolean) => {
    const from = range && last.current !== null ? last.current : index;
    last.current = index;
    setPicked((before) => {
      const after = new Set(before);
      for (let at = Math.min(from, index); at <= Math.max(from, index); at += 1) {
        const key = list.current.at(at)?.key;
        if (key === undefined) continue;
        if (pick) after.add(key);
        else after.delete(key);
      }
      return after;
    });
  }, []);
  const selectAll = useCallback(() => {
    const keys = new Set<string>();
    for (let at = 0; at < list.current.length; at += 1) keys.add(list.current.at(at)?.key ?? '');
    setPicked(keys);
  }, []);
  const clear = useCallback(() => {
    last.current = null;
    setPicked(none);
  }, []);

  const marked = useMemo(() => {
    if (picked.size === 0) return [];
    const known = lookUp(items);
    return [...picked].map((key) => known.get(key) ?? fresh.find((item) => item.key === key)).filter((item) => item !== undefined);
  }, [picked, items, fresh]);
  return { picked, marked, select, selectAll, clear };
}
