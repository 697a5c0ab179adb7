import { Images, Link2, Plus } from 'lucide-react';
import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import { count } from '@/domain/count';
import type { DraftImage } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { LinkPopover } from '@/domain/draft/link-popover';
import { uploads, useUploads } from '@/domain/draft/uploads';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/states';
import { toast } from '@/ui/toast';
import { PendingTile, PhotoTiles } from './photo-tiles';

const AssetPicker = late(() => import('@/domain/assets/asset-picker'), 'AssetPicker');

function remove(image: DraftImage, index: number): void {
  const before = draftStore.get().images;
  draftStore.patch({ images: before.filter((_, at) => at !== index) });
  toast.good(`${image.name} is out of this run`, { action: { label: 'Undo', run: () => draftStore.patch({ images: before }) } });
}

/** The photos of the run, those on their way, and the ways to add more. */
export function PhotoRow({ images, onBrowse }: { images: readonly DraftImage[]; onBrowse: () => void }) {
  const { pending, failed } = useUploads();
  const [picking, setPicking] = useState(false);
  const isEmpty = images.length === 0 && pending.length === 0;
  return (
    <section id="photos" aria-label="Photos" className="flex flex-col gap-3">
      <div className={isEmpty ? '' : 'no-scrollbar flex flex-wrap items-stretch gap-2.5 max-lg:flex-nowrap max-lg:overflow-x-auto'}>
        <PhotoTiles images={images} onRemove={remove} />
        {pending.map((upload) => (
          <PendingTile key={upload.id} upload={upload} />
        ))}
        {isEmpty ? (
          <div className="flex min-h-44 flex-col items-center justify-center gap-4 rounded-card border-[1.5px] border-dashed border-line-2 p-6 text-center max-lg:min-h-36">
            <p className="text-ink-2">
              <b className="font-[550] text-ink">Drop photos, a folder or a ZIP anywhere on this page</b>
              <br />
              or paste an image or a link. PNG, JPEG and WebP, up to 25 MB each.
            </p>
            <div className="flex flex-wrap justify-center gap-2">
              <Button small onClick={onBrowse}>
                <Plus className="size-4" />
                Browse files
              </Button>
              <MoreWays onLibrary={() => setPicking(true)} />
            </div>
          </div>
        ) : (
          <div className="flex min-h-26 min-w-57 flex-1 flex-col items-center justify-center gap-1 rounded-m border-[1.5px] border-dashed border-line-2 px-2 max-lg:min-h-20">
            <Button look="ghost" small onClick={onBrowse} className="text-ink">
              <Plus className="size-4" />
              Add photos
            </Button>
            <div className="flex">
              <MoreWays onLibrary={() => setPicking(true)} />
            </div>
          </div>
        )}
      </div>
      {failed.length > 0 && (
        <Notice
          title={`${count(failed.length, 'file')} could not be added`}
          action={
            <Button small look="ghost" onClick={uploads.forgetAll}>
              Dismiss
            </Button>
          }
        >
          <ul className="flex max-h-40 flex-col gap-0.5 overflow-y-auto">
            {failed.map((failure) => (
              <li key={failure.id}>
                <b className="font-[550] text-ink">{failure.name}</b>: {failure.reason}
              </li>
            ))}
          </ul>
        </Notice>
      )}
      {picking && (
        <Suspense>
          <AssetPicker open onClose={() => setPicking(false)} onPick={draftStore.addAssets} />
        </Suspense>
      )}
    </section>
  );
}

function MoreWays({ onLibrary }: { onLibrary: () => void }) {
  return (
    <>
      <LinkPopover
        trigger={
          <Button look="ghost" small>
            <Link2 className="size-4" />
            Link
          </Button>
        }
      />
      <Button look="ghost" small onClick={onLibrary}>
        <Images className="size-4" />
        Library
      </Button>
    </>
  );
}
