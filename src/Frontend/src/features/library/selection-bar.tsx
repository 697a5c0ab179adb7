import { useNavigate } from '@tanstack/react-router';
import { CheckCheck, Columns2, Download, FolderInput, RotateCcw, Star, Trash2, X } from 'lucide-react';
import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import { describeError } from '@/api/problem';
import { useDownloadZip } from '@/domain/assets/download';
import { draftStore } from '@/domain/draft/draft-store';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { paths } from '@/domain/paths';
import { Button, IconButton } from '@/ui/button';
import { toast } from '@/ui/toast';
import type { Asset } from '@/domain/api';
import { useEmptyTrash, useMarkAssets, useRestoreAssets, useTrashAssets } from '@/domain/assets/marks';
import { grouped } from '@/domain/count';
import { CollectionButton, TagButton } from './mark-buttons';

const Compare = late(() => import('@/domain/outputs/compare'), 'Compare');

interface SelectionBarProps {
  ids: readonly number[];
  /** Pictures among them, as many as a run takes; null: none. */
  photos: (() => GalleryItem[]) | null;
  /** Two of a kind can be compared. */
  pair: readonly [GalleryItem, GalleryItem] | null;
  /** Records of those that are known. */
  records: readonly Asset[];
  shown: number;
  trash: boolean;
  onSelectAll: () => void;
  onClear: () => void;
}

/** What can be done with all that is selected; it floats over the library. */
export function LibrarySelectionBar({ ids, photos, pair, records, shown, trash, onSelectAll, onClear }: SelectionBarProps) {
  const navigate = useNavigate();
  const zip = useDownloadZip();
  const { mutate: mark } = useMarkAssets();
  const remove = useTrashAssets();
  const restore = useRestoreAssets();
  const purge = useEmptyTrash();
  const [comparing, setComparing] = useState(false);
  const starred = records.length > 0 && records.every((record) => record.starred);
  const inAll = <T,>(of: (record: Asset) => readonly T[]) => (records[0] ? of(records[0]).filter((one) => records.every((record) => of(record).includes(one))) : []);

  const inARun = (photos: () => GalleryItem[]) => {
    const before = draftStore.get();
    const images = photos().map((item) => ({ assetId: item.assetId ?? 0, name: item.name, url: item.url, thumbnailUrl: item.thumbnailUrl }));
    draftStore.set((draft) => ({ ...draft, images: [...draft.images, ...images] }));
    toast.good('Added to the run on the Playground', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
    void navigate({ to: paths.playground });
  };

  return (
    <div
      role="toolbar"
      aria-label="Selected"
      className="sticky bottom-0 z-10 mx-auto mt-auto flex max-w-full flex-wrap items-center gap-1.5 rounded-[16px] border border-line-2 bg-popover p-2 pl-4 shadow-3 animate-rise max-lg:flex-nowrap max-lg:overflow-x-auto"
    >
      <b aria-live="polite" className="mr-2 text-strong whitespace-nowrap">
        {grouped(ids.length)}
        <span className="max-sm:sr-only"> selected</span>
      </b>
      {ids.length < shown && (
        <Button small look="ghost" onClick={onSelectAll}>
          <CheckCheck className="size-4" />
          All {grouped(shown)}
        </Button>
      )}
      {trash ? (
        <>
          <Button small look="ghostDanger" busy={purge.isPending} onClick={() => purge.mutate(ids, { onSettled: onClear })}>
            Remove for good
          </Button>
          <Button small look="primary" busy={restore.isPending} onClick={() => restore.mutate(ids, { onSettled: onClear })}>
            <RotateCcw className="size-4" />
            Restore
          </Button>
        </>
      ) : (
        <>
          {pair && (
            <Button small look="ghost" onClick={() => setComparing(true)}>
              <Columns2 className="size-4" />
              Compare
            </Button>
          )}
          <Button small look="ghost" aria-pressed={starred} onClick={() => mark({ ids, marks: { star: !starred } })}>
            <Star className={starred ? 'size-4 fill-current text-warn' : 'size-4'} />
            Star
          </Button>
          <TagButton has={inAll((record) => record.tags)} onMark={(marks) => mark({ ids, marks })} />
          <CollectionButton has={inAll((record) => record.collections)} onMark={(marks) => mark({ ids, marks })} />
          {photos && (
            <Button small look="ghost" onClick={() => inARun(photos)}>
              <FolderInput className="size-4" />
              Use in a run
            </Button>
          )}
          <Button small look="ghostDanger" busy={remove.isPending} onClick={() => remove.mutate(ids, { onSettled: onClear })}>
            <Trash2 className="size-4" />
            Delete
          </Button>
          <Button small look="primary" busy={zip.isPending} onClick={() => zip.mutate({ ids, name: 'library' }, { onError: (error) => toast.bad('The ZIP was not made', describeError(error)) })}>
            <Download className="size-4" />
            Download ZIP
          </Button>
        </>
      )}
      <IconButton label="Clear the selection" onClick={onClear} className="max-lg:sticky max-lg:-right-2 max-lg:rounded-none max-lg:bg-popover">
        <X className="size-4" />
      </IconButton>
      {comparing && pair && (
        <Suspense>
          <Compare first={pair[0]} second={pair[1]} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </div>
  );
}
