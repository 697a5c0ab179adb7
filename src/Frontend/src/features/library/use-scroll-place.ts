import type { Virtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react';
import { placeOfAsset, type AssetIndex } from '@/domain/assets/asset-index';
import type { LibraryLines } from './library-lines';

/** What stands at the upper edge: an asset, and how far its line is scrolled past. */
export interface ScrollPlace {
  id: number;
  /** Where it was in the list, should it be gone. */
  slot: number;
  offset: number;
}

const keyOf = (visit: string) => `pipeline.library.place.${visit}`;

/** Null for none, and for what is none. */
export function readPlace(stored: () => string | null): ScrollPlace | null {
  try {
    const { id, slot, offset } = JSON.parse(stored() ?? 'null') as Partial<ScrollPlace>;
    return typeof id === 'number' && typeof slot === 'number' && typeof offset === 'number' ? { id, slot, offset } : null;
  } catch {
    return null;
  }
}

function keep(visit: string, place: ScrollPlace | null): void {
  try {
    if (place) sessionStorage.setItem(keyOf(visit), JSON.stringify(place));
    else sessionStorage.removeItem(keyOf(visit));
  } catch {
    // Without storage a reload begins at the top.
  }
}

/** Pixels from the top that still count as there. */
const atTopWithin = 8;
const restMs = 120;

interface PlaceOptions {
  index: AssetIndex;
  lines: LibraryLines;
  virtual: Virtualizer<HTMLElement, Element>;
  scroller: RefObject<HTMLElement | null>;
  /** This visit of the page in the browser's history; null while what is shown is not yet its own. */
  visit: string | null;
  onTop: (atTop: boolean) => void;
}

/**
 * Keeps what is looked at where it is: over a reload and a way back to this visit, over other lines, as a new width or layout makes them, and over a list that
 * was read again. A visit that was never scrolled begins at the top.
 */
export function useScrollPlace({ index, lines, virtual, scroller, visit, onTop }: PlaceOptions): void {
  const seen = useRef<ScrollPlace | null>(null);
  const restored = useRef<string | null>(null);
  const latest = useRef({ index, lines, virtual });

  const goTo = useCallback(
    ({ id, slot: before, offset }: ScrollPlace) => {
      const { index, lines, virtual } = latest.current;
      const now = index.ids[before] === id ? before : placeOfAsset(index, id);
      const slot = now >= 0 ? now : Math.min(before, index.length - 1);
      const start = virtual.measurementsCache[lines.lineOf(slot)]?.start;
      if (scroller.current && start !== undefined) scroller.current.scrollTop = start + offset;
    },
    [scroller],
  );

  useLayoutEffect(() => {
    latest.current = { index, lines, virtual };
    if (visit === null || lines.count === 0) return;
    if (restored.current !== visit) {
      restored.current = visit;
      seen.current = readPlace(() => sessionStorage.getItem(keyOf(visit)));
      if (!seen.current && scroller.current) scroller.current.scrollTop = 0;
    }
    if (seen.current) goTo(seen.current);
    // The virtualizer is one object; what it knows changes with the lines.
  }, [index, lines, virtual, visit, scroller, goTo]);

  useEffect(() => {
    const box = scroller.current;
    if (!box || visit === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    // By the time this visit's is kept, what is seen may be another's.
    let place = seen.current;
    const store = () => {
      clearTimeout(timer);
      timer = undefined;
      keep(visit, place);
    };
    const look = () => {
      const atTop = box.scrollTop <= atTopWithin;
      seen.current = place = atTop ? null : placeAt(latest.current.index, latest.current.lines, latest.current.virtual, box.scrollTop);
      onTop(atTop);
      timer ??= setTimeout(store, restMs);
    };
    box.addEventListener('scroll', look, { passive: true });
    window.addEventListener('pagehide', store);
    return () => {
      box.removeEventListener('scroll', look);
      window.removeEventListener('pagehide', store);
      if (timer !== undefined) store();
    };
  }, [scroller, visit, onTop]);
}

function placeAt(index: AssetIndex, lines: LibraryLines, virtual: Virtualizer<HTMLElement, Element>, top: number): ScrollPlace | null {
  for (let line = virtual.getVirtualItemForOffset(top)?.index ?? 0; line < lines.count; line += 1) {
    const slot = lines.placesOf(line)[0]?.slot;
    const id = slot === undefined ? undefined : index.ids[slot];
    if (slot !== undefined && id !== undefined) return { id, slot, offset: top - (virtual.measurementsCache[line]?.start ?? 0) };
  }
  return null;
}
