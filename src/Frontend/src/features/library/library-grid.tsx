import { useVirtualizer } from '@tanstack/react-virtual';
import { Star } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, type KeyboardEvent, type ReactNode, type RefObject } from 'react';
import type { AssetIndex } from '@/domain/assets/asset-index';
import { count } from '@/domain/count';
import { dayWords } from '@/domain/outputs/facets';
import { gap } from '@/domain/outputs/gallery';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { useGalleryLayout } from '@/domain/outputs/gallery-layout';
import { MediaTile } from '@/domain/outputs/media-tile';
import { MediaBadge } from '@/ui/tag';
import { useIsNarrow } from '@/ui/use-media';
import { useWidth } from '@/ui/use-size';
import { daysOf, libraryLines, neighbour, type LibraryLines } from './library-lines';
import { useScrollPlace } from './use-scroll-place';
import type { LibraryItems } from './use-library-items';

const rowHeight = 190;
const narrowRow = 150;
const square = 180;
const narrowSquare = 110;
const column = 230;
const narrowColumn = 160;

const targets = { rows: [rowHeight, narrowRow], grid: [square, narrowSquare], masonry: [column, narrowColumn] } as const;

interface LibraryGridProps {
  index: AssetIndex;
  items: LibraryItems;
  /** Days stand above what was made on them. */
  byDay: boolean;
  scroller: RefObject<HTMLElement | null>;
  selected: ReadonlySet<number>;
  onOpen: (at: number) => void;
  onSelect: (at: number, selected: boolean, range: boolean) => void;
  actionsOf: ((item: GalleryItem) => ReactNode) | undefined;
  /** This visit in the browser's history; null while what is shown is not yet its own. */
  visit: string | null;
  /** Hears whether the list stands at its beginning. */
  onTop: (atTop: boolean) => void;
  /** Hears which places are in sight. */
  onSight: (first: number, last: number) => void;
}

const labelOf = (item: GalleryItem) => item.name;

/** All of the library: every place has its size from the index, only what is in sight is in the page. */
export function LibraryGrid(props: LibraryGridProps) {
  const { index, byDay } = props;
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = useIsNarrow();
  const layout = useGalleryLayout();
  // One line of a hundred thousand is longer than a browser can scroll, and leads nowhere.
  const kind = layout === 'carousel' ? 'rows' : layout;
  const lines = useMemo(() => {
    if (width === 0) return null;
    const target = targets[kind][narrow ? 1 : 0];
    return libraryLines(index, byDay ? daysOf(index) : null, { width, target, gap: narrow ? 4 : gap, kind });
  }, [index, byDay, width, narrow, kind]);
  return (
    <div ref={ref} className="relative w-full shrink-0">
      {/* In columns a picture may reach down through three lines. */}
      {lines && <Rows {...props} lines={lines} top={ref} between={narrow ? 4 : gap} overscan={kind === 'masonry' ? 3 : 1} />}
    </div>
  );
}

function Rows({ lines, index, items, scroller, top, between, overscan, selected, visit, onTop, onOpen, onSelect, actionsOf, onSight }: LibraryGridProps & { lines: LibraryLines; top: RefObject<HTMLElement | null>; between: number; overscan: number }) {
  const heightOf = useCallback((line: number) => lines.heightOf(line) + between, [lines, between]);
  // A new function for new lines, though it says the same: their heights are not what they were.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const keyOf = useCallback((line: number) => line, [lines]);
  const virtual = useVirtualizer({
    count: lines.count,
    getScrollElement: () => scroller.current,
    estimateSize: heightOf,
    getItemKey: keyOf,
    overscan,
    scrollMargin: top.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });
  const rows = virtual.getVirtualItems();
  useScrollPlace({ index, lines, virtual, scroller, visit, onTop });
  const first = rows.map((row) => lines.placesOf(row.index)[0]?.slot).find((slot) => slot !== undefined) ?? 0;
  const last = rows.map((row) => lines.placesOf(row.index).at(-1)?.slot).findLast((slot) => slot !== undefined) ?? first;
  useEffect(() => onSight(first, last), [onSight, first, last]);
  const now = Date.now();

  // Arrows go from picture to picture, also to one that is not in the page yet.
  const box = useRef<HTMLDivElement>(null);
  const wanted = useRef<number | null>(null);
  const reach = () => {
    const button = wanted.current === null ? null : box.current?.querySelector<HTMLElement>(`[data-slot="${wanted.current}"] button`);
    if (!button) return;
    wanted.current = null;
    button.focus({ preventScroll: true });
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const slot = event.target instanceof HTMLElement ? event.target.closest<HTMLElement>('[data-slot]')?.dataset.slot : undefined;
    if (slot === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    const next = neighbour(lines, Number(slot), items.length - 1, event.key);
    if (next === null) return;
    event.preventDefault();
    wanted.current = next;
    virtual.scrollToIndex(lines.lineOf(next), { align: 'auto' });
    reach();
  };
  useEffect(reach);

  return (
    // The keys belong to the pictures in it, which have the focus.
    // eslint-disable-next-line jsx-a11y/no-static-element-interactions
    <div ref={box} onKeyDown={onKeyDown} style={{ height: virtual.getTotalSize() }}>
      {rows.map((row) => {
        const day = lines.headingOf(row.index);
        const style = { height: lines.heightOf(row.index), transform: `translateY(${row.start - virtual.options.scrollMargin}px)` };
        if (day) {
          return (
            <h2 key={row.key} className="absolute inset-x-0 flex items-end gap-2.5 pb-1.5 text-head" style={style}>
              {dayWords(day.day, now)}
              <span className="text-small font-[450] text-ink-3">{count(day.count, 'item')}</span>
            </h2>
          );
        }
        return (
          <div key={row.key} role="presentation" className="absolute inset-x-0 flex" style={{ ...style, gap: between }}>
            {lines.placesOf(row.index).map(({ slot, width, left, top: above, height }) => {
              const item = items.at(slot);
              return (
                item && (
                  <div key={item.key} data-asset={item.assetId} data-slot={slot} className={left === undefined ? 'relative h-full shrink-0' : 'absolute'} style={left === undefined ? { width } : { width, left, top: above, height }}>
                    <MediaTile many item={item} index={slot} label={labelOf(item)} width={width} selected={selected.has(item.assetId ?? 0)} onOpen={onOpen} onSelect={onSelect} actionsOf={actionsOf} />
                    <Marks record={items.recordAt(slot)} />
                  </div>
                )
              );
            })}
          </div>
        );
      })}
    </div>
  );
}

/** What somebody put on it, seen without a hover. */
function Marks({ record }: { record: ReturnType<LibraryItems['recordAt']> }) {
  if (!record?.starred && !record?.rating) return null;
  return (
    <MediaBadge className="pointer-events-none top-2.5 left-10">
      {record.starred && <Star className="size-3 fill-current" aria-label="Starred" />}
      {record.rating && <span aria-label={`Rated ${record.rating} of 5`}>{record.rating}/5</span>}
    </MediaBadge>
  );
}
