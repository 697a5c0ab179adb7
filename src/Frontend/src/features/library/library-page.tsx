import { useInfiniteQuery } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { assetsQuery, useDeleteAssets, type AssetFilter } from '@/domain/assets/assets';
import { downloadFile } from '@/domain/assets/download';
import { count } from '@/domain/count';
import { Gallery } from '@/domain/outputs/gallery';
import { fromAsset } from '@/domain/outputs/gallery-item';
import { LayoutSwitch } from '@/domain/outputs/gallery-layout';
import { Lightbox } from '@/domain/outputs/lightbox';
import { SelectionBar } from '@/domain/outputs/selection-bar';
import { Button, MediaButton } from '@/ui/button';
import { Chips } from '@/ui/radio-group';
import { Dialog } from '@/ui/dialog';
import { inputClass } from '@/ui/input';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useSettled } from '@/ui/use-settled';
import { useTitle } from '@/ui/use-title';

const filters = {
  all: {},
  images: { type: 'image' },
  videos: { type: 'video' },
  uploads: { source: 'uploaded' },
} satisfies Record<string, AssetFilter>;

const filterNames: { value: keyof typeof filters; label: string }[] = [
  { value: 'all', label: 'All' },
  { value: 'images', label: 'Images' },
  { value: 'videos', label: 'Videos' },
  { value: 'uploads', label: 'Uploads' },
];

export function LibraryPage() {
  useTitle('Library');
  const [filter, setFilter] = useState<keyof typeof filters>('all');
  const [wanted, setWanted] = useState('');
  const q = useSettled(wanted.trim());
  const query = useInfiniteQuery(assetsQuery({ ...filters[filter], ...(q && { q }) }));
  const assets = useMemo(() => query.data?.pages.flatMap((page) => page.data) ?? [], [query.data]);
  const items = useMemo(() => assets.map(fromAsset), [assets]);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const picked = useMemo(() => items.filter((item) => selected.has(item.key)), [items, selected]);
  const [open, setOpen] = useState<number | null>(null);
  const scroller = useRef<HTMLElement>(null);
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;

  return (
    <main ref={scroller} className="relative flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:px-4">
      <h1 className="sr-only">Library</h1>
      <div className="flex flex-wrap items-center gap-3">
        <input type="search" aria-label="Search prompts and files" placeholder="Search prompts and files" value={wanted} onChange={(event) => setWanted(event.target.value)} className={`${inputClass} max-w-130 flex-1 basis-60`} />
        <Chips
          label="Show"
          value={filter}
          options={filterNames}
          onChange={(next) => {
            setFilter(next);
            setSelected(new Set());
          }}
        />
        <span className="ml-auto">
          <LayoutSwitch />
        </span>
      </div>
      {query.isPending ? (
        <div className="grid grid-cols-5 gap-2.5 max-lg:grid-cols-1" role="status" aria-label="Loading the library">
          {Array.from({ length: 10 }, (_, index) => (
            <Skeleton key={index} className="h-48" />
          ))}
        </div>
      ) : query.isError ? (
        <LoadError title="The library did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : items.length === 0 ? (
        <Empty title={q || filter !== 'all' ? 'Nothing matches' : 'The library is empty'}>{q || filter !== 'all' ? 'Try another word or another filter.' : 'Photos you add and everything you make are kept here.'}</Empty>
      ) : (
        <>
          <Gallery
            items={items}
            scroller={scroller}
            labelOf={(item) => item.name}
            onOpen={setOpen}
            selected={selected}
            onSelect={(item, pick) =>
              setSelected((before) => {
                const after = new Set(before);
                if (pick) after.add(item.key);
                else after.delete(item.key);
                return after;
              })
            }
            actionsOf={(item) => (
              <MediaButton label={`Download ${item.name}`} onClick={() => downloadFile(item.url, item.name)}>
                <Download className="size-3.75" />
              </MediaButton>
            )}
          />
          {hasNextPage && (
            <Button className="self-center" busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      )}
      {picked.length > 0 && (
        <SelectionBar items={picked} name="library" onClear={() => setSelected(new Set())}>
          <DeleteButton ids={picked.map((item) => item.assetId).filter((id) => id !== null)} onDeleted={() => setSelected(new Set())} />
        </SelectionBar>
      )}
      <Lightbox items={items} index={open} onIndex={setOpen} />
    </main>
  );
}

function DeleteButton({ ids, onDeleted }: { ids: readonly number[]; onDeleted: () => void }) {
  const remove = useDeleteAssets();
  const [asking, setAsking] = useState(false);
  const confirm = () =>
    remove.mutate(ids, {
      onSuccess: ({ deleted, kept }) => {
        if (deleted.length > 0) toast.good(`${count(deleted.length, 'item')} deleted`);
        if (kept.length > 0) toast.bad(`${count(kept.length, 'item')} kept`, kept[0]?.message);
        setAsking(false);
        onDeleted();
      },
      onError: (error) => toast.bad('They were not deleted', describeError(error)),
    });
  return (
    <>
      <Button small look="ghostDanger" onClick={() => setAsking(true)}>
        <Trash2 className="size-4" />
        Delete
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Delete ${count(ids.length, 'item')}?`} className="w-[min(440px,calc(100vw-32px))]">
        <p className="text-ink-2">The files are removed from the library for good. What a run still needs is kept.</p>
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep</Button>
          <Button look="danger" busy={remove.isPending} onClick={confirm}>
            Delete
          </Button>
        </div>
      </Dialog>
    </>
  );
}
