import { useInfiniteQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/api/problem';
import type { Asset } from '@/domain/api';
import { count } from '@/domain/count';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Dialog } from '@/ui/dialog';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { assetsQuery } from './assets';

/** Chooses images from the library. */
export function AssetPicker({ open, onClose, onPick }: { open: boolean; onClose: () => void; onPick: (assets: Asset[]) => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="From the library" className="w-[min(920px,calc(100vw-32px))]">
      <PickerBody
        onPick={(assets) => {
          onPick(assets);
          onClose();
        }}
      />
    </Dialog>
  );
}

function PickerBody({ onPick }: { onPick: (assets: Asset[]) => void }) {
  const query = useInfiniteQuery(assetsQuery({ type: 'image' }));
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  const assets = query.data?.pages.flatMap((page) => page.data) ?? [];
  const toggle = (id: number) =>
    setPicked((before) => {
      const after = new Set(before);
      if (!after.delete(id)) after.add(id);
      return after;
    });

  if (query.isPending) {
    return (
      <div className="grid grid-cols-5 gap-2 max-lg:grid-cols-3">
        {Array.from({ length: 10 }, (_, index) => (
          <Skeleton key={index} className="aspect-square" />
        ))}
      </div>
    );
  }
  if (query.isError) return <LoadError title="The library did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />;
  if (assets.length === 0) return <Empty title="Nothing in the library yet">Photos you add and images you make are kept there.</Empty>;
  return (
    <>
      <ul className="grid grid-cols-5 gap-2 max-lg:grid-cols-3">
        {assets.map((asset) => (
          <li key={asset.id}>
            <button
              type="button"
              aria-pressed={picked.has(asset.id)}
              aria-label={asset.name}
              onClick={() => toggle(asset.id)}
              className={cn('relative block aspect-square w-full overflow-hidden rounded-m bg-well', picked.has(asset.id) && 'outline-[2.5px] outline-offset-2 outline-accent-graph')}
            >
              <img src={asset.thumbnail_url} alt="" loading="lazy" className="size-full object-cover" />
              {picked.has(asset.id) && (
                <span className="absolute top-2 left-2 grid size-5.5 place-items-center rounded-s bg-accent text-on-accent">
                  <Check className="size-3.5" strokeWidth={3} />
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      <div className="sticky -bottom-5 -mx-5 mt-4 -mb-5 flex items-center gap-3 border-t border-line bg-popover px-5 py-3">
        {query.hasNextPage && (
          <Button small look="ghost" busy={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            Show more
          </Button>
        )}
        <Button look="primary" className="ml-auto" disabled={picked.size === 0} onClick={() => onPick(assets.filter((asset) => picked.has(asset.id)))}>
          {picked.size === 0 ? 'Choose images' : `Use ${count(picked.size, 'image')}`}
        </Button>
      </div>
    </>
  );
}
