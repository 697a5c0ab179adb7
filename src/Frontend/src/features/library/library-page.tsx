import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Download, Trash2 } from 'lucide-react';
import { useEffect, useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { assetsQuery, useDeleteAssets, type AssetFilter } from '@/domain/assets/assets';
import { downloadFile } from '@/domain/assets/download';
import { count } from '@/domain/count';
import { modelsQuery } from '@/domain/models/list-models';
import { facetsOf } from '@/domain/outputs/facets';
import { ActiveFilters, FilterButton, type FilterGroup } from '@/domain/outputs/filter-button';
import { Gallery } from '@/domain/outputs/gallery';
import { fromAsset, type GalleryItem } from '@/domain/outputs/gallery-item';
import { LayoutSwitch } from '@/domain/outputs/gallery-layout';
import { Lightbox } from '@/domain/outputs/lightbox';
import { SelectionBar } from '@/domain/outputs/selection-bar';
import { useSelection } from '@/domain/outputs/use-selection';
import { Button, MediaButton } from '@/ui/button';
import { Chips } from '@/ui/radio-group';
import { Dialog } from '@/ui/dialog';
import { inputClass } from '@/ui/input';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useSettled } from '@/ui/use-settled';
import { useTitle } from '@/ui/use-title';
import { spans, startOf, type Span } from './spans';

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

const none: readonly GalleryItem[] = [];
const labelOf = (item: GalleryItem) => item.name;
const actionsOf = (item: GalleryItem) => (
  <MediaButton label={`Download ${item.name}`} onClick={() => downloadFile(item.url, item.name)}>
    <Download className="size-3.75" />
  </MediaButton>
);

export function LibraryPage() {
  useTitle('Library');
  const [filter, setFilter] = useState<keyof typeof filters>('all');
  const [wanted, setWanted] = useState('');
  const [model, setModel] = useState<string | null>(null);
  const [made, setMade] = useState<Span | null>(null);
  const q = useSettled(wanted.trim());
  const from = useMemo(() => made && startOf(made, new Date()).toISOString(), [made]);
  const query = useInfiniteQuery(assetsQuery({ ...filters[filter], ...(q && { q }), ...(model && { model }), ...(from && { from }) }));
  const items = useMemo(() => query.data?.pages.flatMap((page) => page.data).map(fromAsset) ?? [], [query.data]);
  const { picked, marked, select, selectAll, clear } = useSelection(items, none, items);
  const [open, setOpen] = useState<number | null>(null);
  const scroller = useRef<HTMLElement>(null);
  const catalog = useQuery(modelsQuery).data;
  const { fetchNextPage, hasNextPage, isFetchingNextPage } = query;
  const more = useRef<HTMLDivElement>(null);

  // The next page is asked for before its end is seen; the button below is for those who have no scrolling to do.
  useEffect(() => {
    const end = more.current;
    if (!end || !hasNextPage || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && !isFetchingNextPage && void fetchNextPage(), { root: scroller.current, rootMargin: '1200px' });
    observer.observe(end);
    return () => observer.disconnect();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);

  const change = <T,>(set: (value: T) => void) => (value: T) => {
    set(value);
    clear();
  };
  const loaded = facetsOf(items).models;
  const groups: FilterGroup[] = [
    {
      name: 'Model',
      // What is filtered by one model has only that one; the others can be changed to all the same.
      options: (model === null ? loaded : [...new Set([model, ...(catalog ?? []).map(({ id }) => id)])].map((value) => ({ value, count: null }))).map(({ value, count: many }) => ({
        value,
        label: catalog?.find(({ id }) => id === value)?.name ?? value,
        count: many === null || hasNextPage ? null : many,
      })),
      value: model,
      onChange: change(setModel),
    },
    { name: 'Added', options: spans.map(({ value, label }) => ({ value, label, count: null })), value: made, onChange: change((value: string | null) => setMade(spans.find((span) => span.value === value)?.value ?? null)) },
  ];
  const narrowed = q !== '' || filter !== 'all' || model !== null || made !== null;
  const clearFilters = () => {
    setModel(null);
    setMade(null);
    clear();
  };
  const clearAll = () => {
    clearFilters();
    setFilter('all');
    setWanted('');
  };

  return (
    <main ref={scroller} className="relative flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:px-4">
      <h1 className="sr-only">Library</h1>
      <div className="flex flex-wrap items-center gap-3">
        <input type="search" aria-label="Search prompts and files" placeholder="Search prompts and files" value={wanted} onChange={(event) => change(setWanted)(event.target.value)} className={`${inputClass} max-w-130 flex-1 basis-60`} />
        <Chips label="Show" value={filter} options={filterNames} onChange={change(setFilter)} />
        <span className="ml-auto flex flex-wrap items-center justify-end gap-2">
          <ActiveFilters groups={groups} onClear={clearFilters} />
          <FilterButton groups={groups} />
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
        narrowed ? (
          <Empty title="Nothing matches" action={<Button onClick={clearAll}>Clear filters</Button>}>
            Try another word or another filter.
          </Empty>
        ) : (
          <Empty title="The library is empty">Photos you add and everything you make are kept here.</Empty>
        )
      ) : (
        <>
          <Gallery items={items} scroller={scroller} labelOf={labelOf} onOpen={setOpen} selected={picked} onSelect={select} actionsOf={actionsOf} />
          {hasNextPage && (
            <div ref={more} className="self-center">
              <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
                Show more
              </Button>
            </div>
          )}
        </>
      )}
      {marked.length > 0 && (
        <SelectionBar items={marked} name="library" shown={items.length} onSelectAll={selectAll} onClear={clear}>
          <DeleteButton ids={marked.map((item) => item.assetId).filter((id) => id !== null)} onDeleted={clear} />
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
