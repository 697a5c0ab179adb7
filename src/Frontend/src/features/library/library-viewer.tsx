import { useQuery } from '@tanstack/react-query';
import { Suspense, useMemo, useState } from 'react';
import { late } from '@/ui/late';
import { placeOfAsset, type AssetIndex } from '@/domain/assets/asset-index';
import { assetQuery } from '@/domain/assets/assets';
import { fromAsset } from '@/domain/outputs/gallery-item';
import { inARow } from '@/domain/outputs/item-lists';
import { Lightbox } from '@/domain/outputs/lightbox';
import { AssetDetail } from './asset-detail';
import type { LibraryItems } from './use-library-items';

const Compare = late(() => import('@/domain/outputs/compare'), 'Compare');

interface ViewerProps {
  items: LibraryItems;
  index: AssetIndex;
  open: number | null;
  onOpen: (at: number | null) => void;
  /** Shows all that was made of an asset. */
  onMade: (assetId: number) => void;
}

/** One asset as large as it gets, in the order of the list; a relative that the list does not show opens alone. */
export function LibraryViewer({ items, index, open, onOpen, onMade }: ViewerProps) {
  const [alone, setAlone] = useState<number | null>(null);
  const [other, setOther] = useState<number | null>(null);
  const relative = useQuery({ ...assetQuery(alone), staleTime: 0 }).data;
  const opposite = useQuery(assetQuery(other)).data;
  const list = useMemo(() => (relative ? inARow([fromAsset(relative)]) : items), [relative, items]);
  // The one that was open may be the last and deleted: then the one before it is.
  const at = relative ? 0 : open === null || list.length === 0 ? null : Math.min(open, list.length - 1);
  const shown = at === null ? undefined : list.at(at);
  const goTo = (id: number) => {
    const place = placeOfAsset(index, id);
    if (place < 0) setAlone(id);
    else {
      setAlone(null);
      onOpen(place);
    }
  };
  const close = () => {
    setOther(null);
    if (alone !== null && open !== null) setAlone(null);
    else {
      setAlone(null);
      onOpen(null);
    }
  };
  return (
    <>
      <Lightbox
        items={list}
        index={at}
        onIndex={(next) => (next === null ? close() : relative ? undefined : onOpen(next))}
        actionsOf={(item) =>
          item.assetId !== null && (
            <AssetDetail
              key={item.assetId}
              id={item.assetId}
              record={relative ?? (at === null ? undefined : items.recordAt(at))}
              onOpen={goTo}
              onCompare={setOther}
              onMade={(id) => {
                setAlone(null);
                setOther(null);
                onMade(id);
              }}
            />
          )
        }
      />
      {shown && opposite && (
        <Suspense>
          <Compare first={fromAsset(opposite)} second={shown} onClose={() => setOther(null)} />
        </Suspense>
      )}
    </>
  );
}
