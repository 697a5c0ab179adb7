import { useDeferredValue, useMemo, type ReactNode, type RefObject } from 'react';
import { useIsNarrow } from '@/ui/use-media';
import { useWidth } from '@/ui/use-size';
import { Carousel } from './gallery-carousel';
import type { GalleryItem } from './gallery-item';
import { useGalleryLayout } from './gallery-layout';
import { MasonryColumns } from './gallery-masonry';
import { VirtualRows } from './gallery-rows';
import { inARow } from './item-lists';
import { justified, oneColumn, squares } from './layouts';
import { MediaTile, type TileActions } from './media-tile';

/** Places that are taken and not filled yet, behind everything else. */
export interface Waiting {
  count: number;
  /** Width over height of each. */
  ratio: number;
  /** @param index From 0, among those that wait. */
  render: (index: number) => ReactNode;
}

interface GalleryProps extends TileActions {
  /** What is there, in order. While it stays the same list nothing is laid out again. */
  items: readonly GalleryItem[];
  /** What has come since, behind it. */
  fresh?: readonly GalleryItem[];
  waiting?: Waiting | undefined;
  /** The element that scrolls. */
  scroller: RefObject<HTMLElement | null>;
  labelOf: (item: GalleryItem, index: number) => string;
  selected?: ReadonlySet<string>;
  droppedUnlessSelected?: boolean;
}

export const gap = 10;
const rowHeight = 210;
const squareWidth = 190;
const columnWidth = 230;
const flattest = 0.7;
const none: readonly GalleryItem[] = [];

/**
 * Pictures in the layout this browser chose; only those in view are in the page: ten thousand outputs scroll like ten. Every place, waiting ones included,
 * has its size from the start, so an output that arrives fills a place and moves nothing.
 */
export function Gallery({ items, fresh = none, waiting, scroller, labelOf, selected, droppedUnlessSelected, onOpen, onSelect, actionsOf }: GalleryProps) {
  const [ref, width] = useWidth<HTMLDivElement>();
  const narrow = useIsNarrow();
  // The choice is shown at once, what it asks for when it is drawn.
  const chosen = useDeferredValue(useGalleryLayout());
  const layout = chosen === 'masonry' && narrow ? 'rows' : chosen;
  const slots = items.length + fresh.length + (waiting?.count ?? 0);
  // What has just come is as wide as what waits; so an event, which turns one into the other, changes none of these.
  const reserved = waiting?.ratio ?? fresh[0]?.ratio ?? 1.5;
  const ratios = useMemo(() => {
    const all = items.map((item) => item.ratio);
    for (let slot = items.length; slot < slots; slot += 1) all.push(reserved);
    return all;
  }, [items, slots, reserved]);
  const lines = useMemo(() => {
    if (width === 0 || layout === 'carousel' || layout === 'masonry') return null;
    if (narrow) return oneColumn(ratios, width, flattest);
    return layout === 'grid' ? squares(ratios.length, width, squareWidth, gap) : justified(ratios, width, rowHeight, gap);
  }, [ratios, width, narrow, layout]);

  const all = inARow(items, fresh);
  const render = (slot: number, itsWidth: number) => {
    const item = all.at(slot);
    if (!item) return waiting?.render(slot - all.length);
    const isSelected = selected?.has(item.key);
    return (
      <MediaTile
        key={item.key}
        item={item}
        index={slot}
        label={labelOf(item, slot)}
        width={itsWidth}
        arrived={slot >= items.length}
        large={layout === 'carousel'}
        selected={isSelected}
        dropped={droppedUnlessSelected && !isSelected}
        onOpen={onOpen}
        onSelect={onSelect}
        actionsOf={actionsOf}
      />
    );
  };

  return (
    <div ref={ref} className="relative w-full shrink-0">
      {width === 0 ? null : layout === 'carousel' ? (
        <Carousel ratios={ratios} width={width} render={render} />
      ) : layout === 'masonry' ? (
        <MasonryColumns ratios={ratios} width={width} target={columnWidth} scroller={scroller} top={ref} render={render} />
      ) : (
        lines && <VirtualRows lines={lines} scroller={scroller} top={ref} render={render} />
      )}
    </div>
  );
}
