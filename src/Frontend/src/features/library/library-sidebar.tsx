import { useQuery } from '@tanstack/react-query';
import { Folder, FolderPlus, LayoutGrid, MoreHorizontal, Star, Trash2, Upload, type LucideIcon } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { describeError } from '@/api/problem';
import { collectionsQuery, facetsQuery } from '@/domain/assets/library';
import { useCollectionChanges } from '@/domain/assets/marks';
import type { Collection } from '@/domain/api';
import { grouped } from '@/domain/count';
import { Button, IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Dialog } from '@/ui/dialog';
import { Popover, popoverItemClass } from '@/ui/popover';
import { toast } from '@/ui/toast';
import type { LibraryView } from './filter';
import { NameForm } from './name-form';

interface SidebarProps {
  view: LibraryView;
  onShow: (view: LibraryView) => void;
}

const everything = {};
const inTrash = { trashed: true } as const;

/** The parts of the library one goes to: all of it, what is starred, uploads, the trash, and collections. */
export function LibrarySidebar({ view, onShow }: SidebarProps) {
  const all = useQuery(facetsQuery(everything)).data;
  const trash = useQuery(facetsQuery(inTrash)).data;
  const collections = useQuery(collectionsQuery).data;
  const { create } = useCollectionChanges();
  const [naming, setNaming] = useState(false);
  const keep = view.sort ? { sort: view.sort } : {};
  const isAll = !view.starred && !view.trash && view.collection === undefined && view.source !== 'uploaded';
  return (
    <nav aria-label="Parts of the library" className="flex flex-col gap-0.5">
      <Place Icon={LayoutGrid} name="Everything" count={all?.total} on={isAll} onPress={() => onShow(keep)} />
      <Place Icon={Star} name="Favourites" count={all?.starred} on={view.starred === true} onPress={() => onShow({ ...keep, starred: true })} />
      <Place Icon={Upload} name="Uploads" count={all && (all.sources.find(({ value }) => value === 'uploaded')?.count ?? 0)} on={view.source === 'uploaded' && !view.trash} onPress={() => onShow({ ...keep, source: 'uploaded' })} />
      <Place Icon={Trash2} name="Trash" count={trash?.total} on={view.trash === true} onPress={() => onShow({ trash: true })} />
      <h2 className="mt-4 mb-1 px-3 text-small text-ink-3">Collections</h2>
      {collections?.map((collection) => (
        <Place key={collection.id} Icon={Folder} name={collection.name} count={collection.assets} on={view.collection === collection.id} onPress={() => onShow({ ...keep, collection: collection.id })}>
          <CollectionMenu collection={collection} onGone={() => view.collection === collection.id && onShow(keep)} />
        </Place>
      ))}
      {naming ? (
        <NameForm
          label="Name of the new collection"
          busy={create.isPending}
          onCancel={() => setNaming(false)}
          onName={(name) => create.mutate(name, { onSuccess: () => setNaming(false), onError: (error) => toast.bad('It was not made', describeError(error)) })}
        />
      ) : (
        <button type="button" onClick={() => setNaming(true)} className="flex h-9 items-center gap-3 rounded-c px-3 text-body text-ink-2 hover:bg-raised hover:text-ink max-lg:h-11">
          <FolderPlus className="size-4" />
          New collection
        </button>
      )}
    </nav>
  );
}

interface PlaceProps {
  Icon: LucideIcon;
  name: string;
  count: number | undefined;
  on: boolean;
  onPress: () => void;
  children?: ReactNode;
}

function Place({ Icon, name, count, on, onPress, children }: PlaceProps) {
  return (
    <div className={cn('group flex items-center rounded-c', on ? 'bg-raised text-ink' : 'text-ink-2 hover:bg-raised hover:text-ink')}>
      <button type="button" aria-current={on ? 'page' : undefined} onClick={onPress} className="flex h-9 min-w-0 flex-1 items-center gap-3 rounded-c px-3 text-body max-lg:h-11">
        <Icon className="size-4 shrink-0" />
        <span className="truncate">{name}</span>
        <span className="ml-auto text-small text-ink-3 tabular-nums">{count?.toLocaleString('en-US')}</span>
      </button>
      {children}
    </div>
  );
}

function CollectionMenu({ collection, onGone }: { collection: Collection; onGone: () => void }) {
  const { rename, remove, bringBack } = useCollectionChanges();
  const [open, setOpen] = useState(false);
  const [renaming, setRenaming] = useState(false);
  const { id, name } = collection;
  const failed = (error: unknown) => toast.bad('It was not changed', describeError(error));
  return (
    <>
      <Popover
        open={open}
        onOpenChange={setOpen}
        label={`What to do with ${name}`}
        align="end"
        className="w-44 p-1.5"
        trigger={
          <IconButton small label={`More about ${name}`} className="mr-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 aria-expanded:opacity-100 pointer-coarse:opacity-100">
            <MoreHorizontal className="size-4" />
          </IconButton>
        }
      >
        <button
          type="button"
          className={popoverItemClass}
          onClick={() => {
            setOpen(false);
            setRenaming(true);
          }}
        >
          Rename
        </button>
        <button
          type="button"
          className={popoverItemClass}
          onClick={() => {
            setOpen(false);
            remove.mutate(id, {
              onSuccess: (ids) => {
                toast.good(`${name} deleted`, { detail: 'What lay in it stays in the library.', action: { label: 'Undo', run: () => bringBack.mutate({ name, ids }, { onError: failed }) } });
                onGone();
              },
              onError: failed,
            });
          }}
        >
          Delete
        </button>
      </Popover>
      <Dialog open={renaming} onClose={() => setRenaming(false)} title={`Rename ${name}`} className="w-[min(420px,calc(100vw-32px))]">
        <NameForm label="Name" first={name} busy={rename.isPending} onCancel={() => setRenaming(false)} onName={(next) => rename.mutate({ id, name: next }, { onSuccess: () => setRenaming(false), onError: failed })} />
      </Dialog>
    </>
  );
}

export function ManageTrash({ total, busy, onEmpty, onRestoreAll }: { total: number; busy: boolean; onEmpty: () => void; onRestoreAll: () => void }) {
  const [asking, setAsking] = useState(false);
  return (
    <div className="flex flex-wrap items-center gap-3 rounded-card border border-line bg-panel px-4 py-2.5 text-small text-ink-2">
      <p className="min-w-0 flex-1 basis-60">What was deleted waits here, and is removed for good after some time.</p>
      <Button small disabled={total === 0} onClick={onRestoreAll}>
        Restore all
      </Button>
      <Button small look="danger" disabled={total === 0} busy={busy} onClick={() => setAsking(true)}>
        Empty the trash
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title="Empty the trash?" className="w-[min(440px,calc(100vw-32px))]">
        <p className="text-ink-2">{total === 1 ? 'The file is' : `${grouped(total)} files are`} removed for good. This cannot be undone.</p>
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep</Button>
          <Button
            look="danger"
            onClick={() => {
              setAsking(false);
              onEmpty();
            }}
          >
            Remove for good
          </Button>
        </div>
      </Dialog>
    </div>
  );
}
