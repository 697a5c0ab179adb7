import { CheckCheck, Columns2, Download, FolderInput, X } from 'lucide-react';
import { useNavigate } from '@tanstack/react-router';
import { Suspense, useState, type ReactNode } from 'react';
import { late } from '@/ui/late';
import { describeError } from '@/api/problem';
import { useDownloadZip } from '@/domain/assets/download';
import { grouped } from '@/domain/count';
import { draftStore } from '@/domain/draft/draft-store';
import { paths } from '@/domain/paths';
import { Button, IconButton } from '@/ui/button';
import { toast } from '@/ui/toast';
import type { GalleryItem } from './gallery-item';

const Compare = late(() => import('./compare'), 'Compare');

interface SelectionBarProps {
  items: readonly GalleryItem[];
  /** What the ZIP is called. */
  name: string;
  /** How many are shown: all of them can be taken at once. */
  shown: number;
  onSelectAll: () => void;
  onClear: () => void;
  children?: ReactNode;
}

/** What can be done with the selected outputs; it floats over the gallery while something is selected. */
export function SelectionBar({ items, name, shown, onSelectAll, onClear, children }: SelectionBarProps) {
  const navigate = useNavigate();
  const zip = useDownloadZip();
  const [comparing, setComparing] = useState(false);
  const ids = items.map((item) => item.assetId).filter((id) => id !== null);
  const images = items.filter((item) => item.kind === 'image' && item.assetId !== null);
  const [first, second] = items;
  const inARun = () => {
    const before = draftStore.get();
    const photos = images.map((item) => ({ assetId: item.assetId ?? 0, name: item.name, url: item.url, thumbnailUrl: item.thumbnailUrl }));
    draftStore.set((draft) => ({ ...draft, images: [...draft.images, ...photos] }));
    toast.good('Added to the run on the Playground', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
    void navigate({ to: paths.playground });
  };
  return (
    <div role="toolbar" aria-label="Selected outputs" className="sticky bottom-0 z-10 mx-auto mt-auto flex flex-wrap items-center gap-1.5 rounded-[16px] border border-line-2 bg-popover p-2 pl-4 shadow-3 animate-rise">
      <b aria-live="polite" className="mr-2 text-strong">
        {grouped(items.length)} selected
      </b>
      {items.length < shown && (
        <Button small look="ghost" onClick={onSelectAll}>
          <CheckCheck className="size-4" />
          Select all {grouped(shown)}
        </Button>
      )}
      {items.length === 2 && first?.kind === second?.kind && (
        <Button small look="ghost" onClick={() => setComparing(true)}>
          <Columns2 className="size-4" />
          Compare
        </Button>
      )}
      {images.length > 0 && (
        <Button small look="ghost" onClick={inARun}>
          <FolderInput className="size-4" />
          Use in a run
        </Button>
      )}
      {children}
      <Button small look="primary" busy={zip.isPending} disabled={ids.length === 0} onClick={() => zip.mutate({ ids, name }, { onError: (error) => toast.bad('The ZIP was not made', describeError(error)) })}>
        <Download className="size-4" />
        Download ZIP
      </Button>
      <IconButton label="Clear the selection" onClick={onClear}>
        <X className="size-4" />
      </IconButton>
      {comparing && first && second && (
        <Suspense>
          <Compare first={first} second={second} onClose={() => setComparing(false)} />
        </Suspense>
      )}
    </div>
  );
}
