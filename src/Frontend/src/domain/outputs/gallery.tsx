import { useVirtualizer } from '@tanstack/react-virtual';
import { useMemo, type ReactNode, type RefObject } from 'react';
import { useIsNarrow } from '@/ui/use-media';
import { useWidth } from '@/ui/use-size';
import type { GalleryItem } from './gallery-item';
import { justify } from './justify';
import { MediaTile } from './media-tile';

/** A place that is taken and not filled yet. */
export interface Placeholder {
  key: string;
  ratio: number;
  content: ReactNode;
}

interface GalleryProps {
  items: readonly GalleryItem[];
  placeholders?: readonly Placeholder[];
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  labelOf: (item: GalleryItem, index: number) => string;
  onOpen: (index: number) => void;
  selected?: ReadonlySet<string>;
  onSelect?: (item: GalleryItem, selected: boolean) => void;
  droppedUnlessSelected?: boolean;
  actionsOf?: (item: GalleryItem) => ReactNode;
}

type Cell = { ratio: number; key: string } & ({ item: GalleryItem; index: number } | { content: ReactNode });

const gap = 10;

/** Justified rows, only those in view in the page: ten thousand outputs scroll like ten. */
export function Gallery({ items, placeholders = [], scroller, labelOf, onOpen, selected, onSelect, droppedUnlessSelected, actionsOf }: GalleryProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = useIsNarrow();
  const rows = useMemo(() => {
    const cells: Cell[] = [...items.map((item, index) => ({ key: item.key, ratio: item.ratio, item, index })), ...placeholders.map(({ key, ratio, content }) => ({ key, ratio, content }))];
    if (width === 0) return [];
    return narrow ? cells.map((cell) => ({ height: width / Math.max(0.7, cell.ratio), tiles: [{ item: cell, width }] })) : justify(cells, width, 210, gap);
  }, [items, placeholders, width, narrow]);

  // React Compiler is not used here, so the virtualizer's own memoisation holds.
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.height ?? 200) + gap,
    getItemKey: (index) => rows[index]?.tiles[0]?.item.key ?? index,
    overscan: 4,
    scrollMargin: ref.current?.offsetTop ?? 0,
    initialRect: { width: 1200, height: 900 },
  });

  return (
    <div ref={ref} className="relative w-full shrink-0" style={{ height: virtual.getTotalSize() }}>
      {virtual.getVirtualItems().map((row) => (
        <div key={row.key} role="presentation" className="absolute inset-x-0 flex" style={{ gap, height: rows[row.index]?.height, transform: `translateY(${row.start - virtual.options.scrollMargin}px)` }}>
          {rows[row.index]?.tiles.map(({ item: cell, width: tileWidth }) => (
            <div key={cell.key} className="h-full shrink-0 animate-settle" style={{ width: tileWidth }}>
              {'content' in cell ? (
                cell.content
              ) : (
                <MediaTile
                  item={cell.item}
                  label={labelOf(cell.item, cell.index)}
                  onOpen={() => onOpen(cell.index)}
                  selected={selected?.has(cell.key)}
                  dropped={droppedUnlessSelected && !selected?.has(cell.key)}
                  onSelect={onSelect && ((next) => onSelect(cell.item, next))}
                  actions={actionsOf?.(cell.item)}
                />
              )}
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
