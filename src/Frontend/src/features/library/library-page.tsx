import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useLocation } from '@tanstack/react-router';
import { Download, PanelLeft } from 'lucide-react';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { noAssets } from '@/domain/assets/asset-index';
import { downloadFile } from '@/domain/assets/download';
import { assetIndexQuery, facetsQuery } from '@/domain/assets/library';
import { useEmptyTrash, useRestoreAssets } from '@/domain/assets/marks';
import { count } from '@/domain/count';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { paths } from '@/domain/paths';
import { Button, IconButton, MediaButton } from '@/ui/button';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { Sheet } from '@/ui/sheet';
import { useIsNarrow, useMedia } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { FilterBar } from './filter-bar';
import { isNarrowed, toFilter, type LibraryView } from './filter';
import { LibraryGrid } from './library-grid';
import { LibrarySelection } from './library-selection';
import { LibrarySidebar, ManageTrash } from './library-sidebar';
import { LibraryViewer } from './library-viewer';
import { NewsPill } from './news-pill';
import { useIdSelection } from './use-id-selection';
import { useLibraryItems } from './use-library-items';
import { useLibraryKeys } from './use-library-keys';
import { useLibraryNews } from './use-library-news';
import { useOpenAsset } from './use-open-asset';
import { useLibraryView } from './use-library-view';

const actionsOf = (item: GalleryItem) => (
  <MediaButton label={`Download ${item.name}`} onClick={() => downloadFile(item.url, item.name)}>
    <Download className="size-3.75" />
  </MediaButton>
);

export function LibraryPage() {
  useTitle('Library');
  const { view, show, set } = useLibraryView();
  const narrow = useIsNarrow();
  // Small pictures under a finger have room for one target beside themselves, and that selects.
  const coarse = useMedia('(pointer: coarse)');
  const [choosing, setChoosing] = useState(false);
  // The day begins anew with the filter, not with every render.
  const filter = useMemo(() => toFilter(view, new Date()), [view]);
  const sort = view.sort ?? 'newest';
  const byDay = sort === 'newest' || sort === 'oldest';
  const query = useQuery({ ...assetIndexQuery(filter, sort), placeholderData: keepPreviousData });
  const facets = useQuery({ ...facetsQuery(filter), placeholderData: keepPreviousData }).data;
  const index = query.data ?? noAssets;
  const [sight, setSight] = useState({ first: 0, last: 0 });
  const onSight = useCallback((first: number, last: number) => setSight((before) => (before.first === first && before.last === last ? before : { first, last })), []);
  const { open, setOpen } = useOpenAsset(index, query.isSuccess);
  const [atTop, setAtTop] = useState(true);
  const settled = query.isSuccess && !query.isPlaceholderData;
  // While the next page is on its way the address is that page's already.
  const visit = useLocation({ select: ({ pathname, state }) => (pathname === paths.library ? (state.__TSR_key ?? '') : null) });
  const news = useLibraryNews({ filter, sort, index: settled ? index : null, enabled: !view.trash });
  const items = useLibraryItems(index, sight.first, sight.last, open);
  const { picked, select, selectAll, clear } = useIdSelection(index);
  const scroller = useRef<HTMLElement>(null);
  const go = (next: LibraryView) => {
    clear();
    setOpen(null);
    setChoosing(false);
    if (scroller.current) scroller.current.scrollTop = 0;
    show(next);
  };
  // Who is at the beginning, and busy with nothing in it, sees them come; at the end nobody's place changes.
  const { count: fresh, take } = news;
  const busy = open !== null || picked.size > 0;
  useEffect(() => {
    const inGrid = document.activeElement?.closest('[data-slot]') !== null && document.activeElement !== null;
    if (fresh > 0 && (sort === 'oldest' || (sort === 'newest' && atTop && !busy && !inGrid))) take();
  }, [fresh, sort, atTop, busy, take]);
  const showNews = () => {
    if (scroller.current) scroller.current.scrollTop = 0;
    // At once, or the place from before would be kept over the new list.
    scroller.current?.dispatchEvent(new Event('scroll'));
    take();
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>('[data-slot="0"] button')?.focus());
  };
  const clearFilters = () => go({ ...(view.trash && { trash: true }), ...(view.sort && { sort: view.sort }) });
  useLibraryKeys({ picked, enabled: !view.trash, recordAt: items.recordAt, ids: index.ids, onRemoved: clear });
  const restore = useRestoreAssets();
  const empty = useEmptyTrash();

  return (
    <>
      {!narrow && (
        <aside className="w-56 shrink-0 overflow-y-auto border-r border-line bg-panel p-3 max-xl:w-48">
          <LibrarySidebar view={view} onShow={go} />
        </aside>
      )}
      {choosing && (
        <Sheet title="Library" onClose={() => setChoosing(false)}>
          <LibrarySidebar view={view} onShow={go} />
        </Sheet>
      )}
      <main ref={scroller} className="relative flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-6 py-4.5 [overflow-anchor:none] *:shrink-0 max-lg:px-4">
        <div className="flex items-center gap-2 lg:sr-only">
          <IconButton label="Parts of the library" onClick={() => setChoosing(true)} className="lg:hidden">
            <PanelLeft className="size-4.5" />
          </IconButton>
          <h1 className="text-head">{view.trash ? 'Trash' : 'Library'}</h1>
        </div>
        <FilterBar
          view={view}
          facets={facets}
          set={(patch) => {
            clear();
            set(patch);
          }}
          onClear={clearFilters}
        />
        {view.trash && <ManageTrash total={facets?.total ?? 0} busy={empty.isPending} onEmpty={() => empty.mutate(null, { onSettled: clear })} onRestoreAll={() => restore.mutate([...index.ids], { onSettled: clear })} />}
        <NewsPill news={news} onShow={showNews} />
        <p className="sr-only" aria-live="polite">
          {query.isPending ? '' : count(index.length, 'item')}
        </p>
        {query.isPending ? (
          <div className="grid grid-cols-5 gap-2.5 max-lg:grid-cols-2" role="status" aria-label="Loading the library">
            {Array.from({ length: 15 }, (_, at) => (
              <Skeleton key={at} className="h-44" />
            ))}
          </div>
        ) : query.isError && index.length === 0 ? (
          <LoadError title="The library did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
        ) : index.length === 0 ? (
          isNarrowed(view) ? (
            <Empty title="Nothing matches" action={<Button onClick={clearFilters}>Clear filters</Button>}>
              Try another word or another filter.
            </Empty>
          ) : view.trash ? (
            <Empty title="The trash is empty">What you delete can be brought back from here for a while.</Empty>
          ) : (
            <Empty title="The library is empty">Photos you add and everything you make are kept here.</Empty>
          )
        ) : (
          <LibraryGrid index={index} items={items} byDay={byDay} scroller={scroller} selected={picked} visit={settled ? visit : null} onTop={setAtTop} onOpen={setOpen} onSelect={select} actionsOf={coarse ? undefined : actionsOf} onSight={onSight} />
        )}
        {picked.size > 0 && <LibrarySelection picked={picked} items={items} index={index} trash={view.trash === true} onSelectAll={selectAll} onClear={clear} />}
      </main>
      <LibraryViewer items={items} index={index} open={open} onOpen={setOpen} onMade={(from) => go({ from })} />
    </>
  );
}
