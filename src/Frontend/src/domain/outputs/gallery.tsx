import { useMemo, type ReactNode, type RefObject } from 'react';
import { useIsNarrow } from '@/ui/use-media';
import { useWidth } from '@/ui/use-size';
import { Carousel } from './gallery-carousel';
import { MasonryColumns } from './gallery-masonry';
import { VirtualRows } from './gallery-rows';
import type { GalleryItem } from './gallery-item';
import { useGalleryLayout } from './gallery-layout';
import { justify } from './justify';
import { squares } from './layouts';
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

export type Cell = { ratio: number; key: string } & ({ item: GalleryItem; index: number } | { content: ReactNode });

export const gap = 10;
const rowHeight = 210;
const squareWidth = 190;
const columnWidth = 230;
const flattest = 0.7;

/** Pictures in the layout this browser chose; only those in view are in the page: ten thousand outputs scroll like ten. */
export function Gallery({ items, placeholders = [], scroller, labelOf, onOpen, selected, onSelect, droppedUnlessSelected, actionsOf }: GalleryProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = useIsNarrow();
  const layout = useGalleryLayout();
  const cells = useMemo<Cell[]>(
    () => [...items.map((item, index) => ({ key: item.key, ratio: item.ratio, item, index })), ...placeholders.map(({ key, ratio, content }) => ({ key, ratio, content }))],
    [items, placeholders],
  );
  const rows = useMemo(() => {
    if (width === 0 || layout === 'carousel' || (layout === 'masonry' && !narrow)) return [];
    if (narrow) return cells.map((cell) => ({ height: width / Math.max(flattest, cell.ratio), tiles: [{ item: cell, width }] }));
    return layout === 'grid' ? squares(cells, width, squareWidth, gap) : justify(cells, width, rowHeight, gap);
  }, [cells, width, narrow, layout]);

  const render = (cell: Cell) =>
    'content' in cell ? (
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
    );

  return (
    <div ref={ref} className="relative w-full shrink-0">
      {width === 0 ? null : layout === 'carousel' ? (
        <Carousel cells={cells} width={width} render={render} />
      ) : layout === 'masonry' && !narrow ? (
        <MasonryColumns cells={cells} width={width} target={columnWidth} scroller={scroller} top={ref} render={render} />
      ) : (
        <VirtualRows rows={rows} scroller={scroller} top={ref} render={render} />
      )}
    </div>
  );
}
