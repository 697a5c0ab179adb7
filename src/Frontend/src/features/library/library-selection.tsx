import { useMemo } from 'react';
import { placeOfAsset, shapeAt, type AssetIndex } from '@/domain/assets/asset-index';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { LibrarySelectionBar } from './selection-bar';
import type { LibraryItems } from './use-library-items';

/** As many photos as one press puts into a run. */
const mostPhotos = 1_000;
/** As many of the selected are looked at for what they have in common. */
const mostKnown = 200;

interface SelectionProps {
  picked: ReadonlySet<number>;
  items: LibraryItems;
  index: AssetIndex;
  trash: boolean;
  onSelectAll: () => void;
  onClear: () => void;
}

/** What is selected, as far as the bar has to know it. */
export function LibrarySelection({ picked, items, index, trash, onSelectAll, onClear }: SelectionProps) {
  const ids = useMemo(() => [...picked], [picked]);
  const places = useMemo(() => ids.slice(0, mostKnown).map((id) => placeOfAsset(index, id)), [ids, index]);
  const [first, second] = places.length === 2 ? places.map((at) => items.at(at)) : [];
  const photos = () => {
    const found: GalleryItem[] = [];
    for (let at = 0; at < index.length && found.length < mostPhotos; at += 1) {
      const item = shapeAt(index, at).type === 'image' && picked.has(index.ids[at] ?? 0) ? items.at(at) : undefined;
      if (item) found.push(item);
    }
    return found;
  };
  const hasPhotos = useMemo(() => index.ids.some((id, at) => picked.has(id) && shapeAt(index, at).type === 'image'), [picked, index]);
  return (
    <LibrarySelectionBar
      ids={ids}
      photos={hasPhotos ? photos : null}
      pair={first && second && first.kind === second.kind ? [first, second] : null}
      records={places.map((at) => items.recordAt(at)).filter((record) => record !== undefined)}
      shown={index.length}
      trash={trash}
      onSelectAll={onSelectAll}
      onClear={onClear}
    />
  );
}
