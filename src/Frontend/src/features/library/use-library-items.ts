import { useQueries, type UseQueryResult } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { ratioOf, shapeAt, type AssetIndex } from '@/domain/assets/asset-index';
import { recordsQuery } from '@/domain/assets/library';
import { contentUrl, thumbnailUrl } from '@/domain/assets/urls';
import type { Asset } from '@/domain/api';
import { fromAsset, type GalleryItem } from '@/domain/outputs/gallery-item';
import type { ItemList } from '@/domain/outputs/item-lists';
import { useSettled } from '@/ui/use-settled';

/** Records are asked for in windows of so many places, so that scrolling a little asks for nothing. */
const windowSize = 60;
const settledMs = 90;
const mostWindows = 8;
const mostKept = 4_000;

export interface LibraryItems extends ItemList {
  recordAt: (at: number) => Asset | undefined;
}

/** An asset of which only the index is known. */
function fromIndex(index: AssetIndex, at: number): GalleryItem {
  const id = index.ids[at] ?? 0;
  const shape = shapeAt(index, at);
  return {
    key: `asset-${id}`, kind: shape.type, url: contentUrl(id), thumbnailUrl: thumbnailUrl(id), ratio: ratioOf(shape), name: `${shape.type}-${id}`,
    assetId: id, outputId: null, itemId: null, stepId: null, pipelineId: null, model: null, provider: null, insteadOf: null, prompt: null, simulated: false, reused: false,
    width: shape.width, height: shape.height, durationSec: shape.duration_sec, bytes: null, madeAt: (index.madeAt[at] ?? 0) * 1000,
  };
}

/** Makes items of places, once each: an item keeps its object while its record does, so its tile is not drawn again. What was described stays so out of sight. */
function itemMaker() {
  const made = new Map<number, { record: Asset | undefined; item: GalleryItem }>();
  return (index: AssetIndex, records: ReadonlyMap<number, Asset>): LibraryItems => {
    const lookUp = (at: number) => {
      const id = index.ids[at];
      if (id === undefined) return undefined;
      const before = made.get(id);
      const record = records.get(id) ?? before?.record;
      if (before && before.record === record) return before;
      const entry = { record, item: record ? { ...fromAsset(record), ratio: ratioOf(shapeAt(index, at)) } : fromIndex(index, at) };
      if (made.size >= mostKept) made.clear();
      made.set(id, entry);
      return entry;
    };
    return { length: index.length, at: (place) => lookUp(place)?.item, recordAt: (place) => lookUp(place)?.record };
  };
}

const join = (results: UseQueryResult<Asset[]>[]) => {
  const records = new Map<number, Asset>();
  for (const { data } of results) for (const row of data ?? []) records.set(row.id, row);
  return records;
};

/** Items for every place of the index; what is in sight is described in full as soon as scrolling pauses, and what is open at once. */
export function useLibraryItems(index: AssetIndex, first: number, last: number, open: number | null): LibraryItems {
  const from = useSettled(Math.floor(first / windowSize), settledMs);
  const to = useSettled(Math.floor(Math.max(first, last) / windowSize), settledMs);
  const opened = open === null ? null : Math.floor(open / windowSize);
  const windows = useMemo(() => {
    const wanted = new Set<number>();
    for (let at = from; at <= Math.min(to, from + mostWindows - 1); at += 1) wanted.add(at);
    if (opened !== null) wanted.add(opened);
    return [...wanted].filter((at) => at * windowSize < index.length).map((at) => [...index.ids.subarray(at * windowSize, (at + 1) * windowSize)]);
  }, [index, from, to, opened]);
  const records = useQueries({ queries: windows.map(recordsQuery), combine: join });
  const [make] = useState(itemMaker);
  return useMemo(() => make(index, records), [make, index, records]);
}
