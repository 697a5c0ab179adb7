import { FolderOpen, Images, Link2, Plus, X } from 'lucide-react';
import { Suspense, useRef, useState } from 'react';
import { late } from '@/ui/late';
import { count, grouped } from '@/domain/count';
import { draftStore, useDraft } from '@/domain/draft/draft-store';
import { LinkPopover } from '@/domain/draft/link-popover';
import { uploads, useUploads } from '@/domain/draft/uploads';
import { Button, MediaButton } from '@/ui/button';
import { Notice } from '@/ui/states';
import { toast } from '@/ui/toast';

const AssetPicker = late(() => import('@/domain/assets/asset-picker'), 'AssetPicker');

/** A thousand photos are counted, not shown one by one. */
const mostShown = 24;
const usable = /\.(png|jpe?g|webp|zip)$/i;

function remove(index: number, name: string): void {
  const before = draftStore.get().images;
  draftStore.patch({ images: before.filter((_, at) => at !== index) });
  toast.good(`${name} is out of this run`, { action: { label: 'Undo', run: () => draftStore.patch({ images: before }) } });
}

function removeAll(): void {
  const before = draftStore.get().images;
  draftStore.patch({ images: [] });
  toast.good(`${count(before.length, 'photo')} removed`, { action: { label: 'Undo', run: () => draftStore.patch({ images: before }) } });
}

/** Of a folder only what can be used: the rest lies there anyway. */
function addFolder(files: readonly File[]): void {
  const good = files.filter((file) => usable.test(file.name));
  if (good.length === 0) uploads.refuse('Folder', 'There is no PNG, JPEG, WebP or ZIP in it.');
  else void uploads.addFiles(good);
}

/** The photos of the run and the ways to add many at once. They are the playground's as well. */
export function PhotoStrip({ onBrowse }: { onBrowse: () => void }) {
  const { images } = useDraft();
  const { pending, failed } = useUploads();
  const [picking, setPicking] = useState(false);
  const folder = useRef<HTMLInputElement>(null);
  return (
    <section id="photos" tabIndex={-1} aria-label="Photos" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <header className="flex flex-wrap items-center gap-2">
        <h2 className="text-head">Photos</h2>
        <span className="text-small text-ink-3" aria-live="polite">
          {count(images.length, 'photo')}
          {pending.length > 0 && ` · adding ${grouped(pending.length)} more`}
        </span>
        {images.length > 0 && (
          <Button small look="ghost" className="ml-auto" onClick={removeAll}>
            Remove all
          </Button>
        )}
      </header>
      {images.length > 0 && (
        <ul className="flex flex-wrap gap-1.5">
          {images.slice(0, mostShown).map((image, index) => (
            <li key={`${image.assetId}-${index}`} className="group relative size-16 overflow-hidden rounded-m bg-well">
              <img src={image.thumbnailUrl} alt={image.name} loading="lazy" className="size-full object-cover" />
              <MediaButton label={`Remove ${image.name}`} className="absolute top-0.5 right-0.5 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100 max-lg:size-11" onClick={() => remove(index, image.name)}>
                <X className="size-3.5" />
              </MediaButton>
            </li>
          ))}
          {images.length > mostShown && <li className="grid size-16 place-items-center rounded-m bg-raised text-label text-ink-2">+{grouped(images.length - mostShown)}</li>}
        </ul>
      )}
      <div className="flex flex-wrap items-center gap-2 rounded-c border-[1.5px] border-dashed border-line-2 p-3">
        <p className="min-w-50 flex-1 text-small text-ink-2">Drop photos, a folder or a ZIP anywhere on this page, or paste an image or a link.</p>
        <Button small onClick={onBrowse}>
          <Plus className="size-4" />
          Files or ZIP
        </Button>
        <Button small look="ghost" onClick={() => folder.current?.click()}>
          <FolderOpen className="size-4" />
          Folder
        </Button>
        <LinkPopover
          trigger={
            <Button look="ghost" small>
              <Link2 className="size-4" />
              Link
            </Button>
          }
        />
        <Button look="ghost" small onClick={() => setPicking(true)}>
          <Images className="size-4" />
          Library
        </Button>
        <input
          ref={folder}
          type="file"
          multiple
          hidden
          aria-label="Upload a folder"
          {...{ webkitdirectory: '' }}
          onChange={(event) => {
            addFolder([...(event.target.files ?? [])]);
            event.target.value = '';
          }}
        />
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
