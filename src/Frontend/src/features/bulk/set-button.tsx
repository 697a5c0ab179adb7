import { Layers } from 'lucide-react';
import { Suspense, useMemo, useState } from 'react';
import { late } from '@/ui/late';
import type { Model } from '@/domain/api';
import { emptyDraft, type Draft, type DraftImage } from '@/domain/draft/draft';
import { factorsOf } from '@/domain/draft/photo-set';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { toast } from '@/ui/toast';
import { bulkStore, type BulkDraft } from './bulk-store';

const PhotoSetDialog = late(() => import('@/domain/photo-set/photo-set-dialog'), 'PhotoSetDialog');

interface SetButtonProps {
  draft: BulkDraft;
  models: readonly Model[];
  images: readonly DraftImage[];
  prompts: readonly string[];
}

/** What the set is priced with. A sheet is priced row by row, so there it is what one photo becomes. */
const pricedWith = (draft: BulkDraft, images: readonly DraftImage[], prompts: readonly string[]): Draft => ({
  ...emptyDraft,
  mode: 'i2i',
  images: draft.source === 'sheet' ? images.slice(0, 1) : [...images],
  prompt: draft.source === 'sheet' ? '' : prompts.join('\n---\n'),
  enhanceInRun: draft.enhance,
  variationsPerPrompt: draft.variations,
  combine: draft.combine,
  image: { ...emptyDraft.image, model: draft.imageModel, ratio: draft.ratio, resolution: draft.imageResolution, quality: draft.quality },
  set: draft.set,
});

function put(set: BulkDraft['set']): void {
  const before = bulkStore.get().set;
  bulkStore.patch({ set });
  toast.good(set === null ? 'No photo set any more' : 'The photo set is part of this run', { action: { label: 'Undo', run: () => bulkStore.patch({ set: before }) } });
}

/** Varies every photo along ticked lines, in place of so many images of a prompt. */
export function SetButton({ draft, models, images, prompts }: SetButtonProps) {
  const [open, setOpen] = useState(false);
  const priced = useMemo(() => pricedWith(draft, images, prompts), [draft, images, prompts]);
  return (
    <>
      <Button small look="ghost" aria-haspopup="dialog" onClick={() => setOpen(true)} className={cn(draft.set && 'text-accent-ink')}>
        <Layers className="size-4" />
        <span className="max-w-60 truncate">{draft.set ? `Photo set: ${factorsOf(draft.set)}` : 'Create photo set'}</span>
      </Button>
      {open && (
        <Suspense>
          <PhotoSetDialog draft={priced} models={models} onSet={put} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
