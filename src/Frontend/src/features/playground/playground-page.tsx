import { Check, Image as ImageIcon, RotateCcw, SlidersHorizontal, Video, Workflow } from 'lucide-react';
import { useState } from 'react';
import { DropOverlay } from '@/domain/draft/drop-overlay';
import { isUntouched, type Draft, type Mode } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { useDropPhotos } from '@/domain/draft/use-drop-photos';
import { Button, IconButton } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { ModeTabs } from '@/ui/mode-tabs';
import { Notice } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';
import { useHotkey } from '@/ui/use-hotkey';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { ControlPanel } from './control-panel';
import { CostPanel } from './cost-panel';
import { DraftEquation } from './draft-equation';
import { Generate } from './generate';
import { nameOf } from './build-request';
import { ParamsPanel } from './params-panel';
import { PhotoRow } from './photo-row';
import type { Field } from './problem-fields';
import { PromptBox } from './prompt-box';
import { usePlayground } from './use-playground';
import { VariationList } from './variation-list';

const modes: { value: Mode; label: string; icon: React.ReactNode }[] = [
  { value: 'i2i', label: 'Image', icon: <ImageIcon className="size-4" /> },
  { value: 'i2v', label: 'Video', icon: <Video className="size-4" /> },
  { value: 'full', label: 'Full pipeline', icon: <Workflow className="size-4" /> },
];

function startOver(): void {
  const before = draftStore.get();
  draftStore.clear();
  toast.good('Started over', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
}

function Heading({ draft }: { draft: Draft }) {
  const untouched = isUntouched(draft);
  return (
    <div className="flex min-w-0 flex-1 items-center gap-3 max-lg:sr-only">
      <h1 className="truncate text-title">{untouched ? 'New run' : nameOf(draft)}</h1>
      {!untouched && (
        <>
          <Tag>
            <Check className="size-3" />
            Draft saved
          </Tag>
          <IconButton label="Start over" onClick={startOver}>
            <RotateCcw className="size-4" />
          </IconButton>
        </>
      )}
    </div>
  );
}

export function PlaygroundPage() {
  const page = usePlayground();
  useTitle('Playground');
  const { draft, faults, models } = page;
  const [sheet, setSheet] = useState(false);
  const narrow = useIsNarrow();
  const { getRootProps, getInputProps, isDragActive, open } = useDropPhotos();
  useHotkey('mod+Enter', page.generate);
  useHotkey('mod+e', page.enhancePrompts);

  const show = (field: Field) => {
    const inSheet = /^(image|video|run-mode|budget|combine|enhance)/.test(field);
    if (narrow && inSheet) setSheet(true);
    requestAnimationFrame(() => {
      const element = document.getElementById(field);
      element?.scrollIntoView({ block: 'center' });
      (element?.matches('textarea, input') ? element : element?.querySelector<HTMLElement>('button, input, textarea, [tabindex="0"]'))?.focus();
    });
  };

  const params = <ParamsPanel draft={draft} models={models} faults={faults} />;
  const control = <ControlPanel draft={draft} estimate={page.estimate} faults={faults} />;
  const cost = <CostPanel estimate={page.estimate} stale={page.stale} waitingFor={page.waitingFor} simulated={page.simulated} />;
  const generate = <Generate faults={faults} estimate={page.estimate} stale={page.stale} stops={page.stops} starting={page.starting} onGenerate={page.generate} onShow={show} />;
  const troubles = page.modelsError ?? page.estimateError;

  return (
    <div {...getRootProps()} className="relative flex min-h-0 min-w-0 flex-1 max-lg:flex-col">
      {!narrow && (
        <aside aria-label="Models and settings" className="flex w-76 shrink-0 flex-col gap-4.5 overflow-y-auto border-r border-line bg-panel p-5 max-xl:w-66">
          {params}
        </aside>
      )}
      <main className="flex min-h-0 min-w-0 flex-1 flex-col overflow-y-auto" inert={page.starting}>
        <input {...getInputProps({ 'aria-label': 'Upload images' })} />
        <ModeTabs
          label="What to make"
          value={draft.mode}
          tabs={modes}
          onChange={page.setMode}
          className="flex min-h-full flex-col gap-3.5 px-7 py-5 max-lg:px-4 max-lg:pt-3.5"
          heading={<Heading draft={draft} />}
        >
          {troubles !== null && (
            <Notice
              title={page.modelsError ? 'The models did not load' : 'The price is not known right now'}
              action={
                page.modelsError ? (
                  <Button small onClick={page.reloadModels}>
                    Try again
                  </Button>
                ) : undefined
              }
            >
              {troubles}
            </Notice>
          )}
          <DraftEquation draft={draft} estimate={page.estimate} />
          <PhotoRow images={draft.images} onBrowse={open} />
          <PromptBox draft={draft} models={models} faults={faults.filter((fault) => fault.field === 'prompt' && draft.prompt !== '')} enhancing={page.enhancing} onEnhance={page.enhancePrompts} />
          {draft.variations !== null && <VariationList variations={draft.variations} mode={draft.mode} />}
        </ModeTabs>
      </main>
      {narrow ? (
        <aside aria-label="Price and settings" className="shrink-0 rounded-t-sheet border-t border-line-2 bg-popover p-4 pt-3 shadow-2">
          <Button look="ghost" className="mb-2 h-11 w-full" onClick={() => setSheet(true)} aria-haspopup="dialog">
            <SlidersHorizontal className="size-4" />
            Models, settings and price
          </Button>
          {generate}
        </aside>
      ) : (
        <aside aria-label="This run" className="flex w-84 shrink-0 flex-col border-l border-line bg-panel max-2xl:w-76 max-xl:w-70">
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-5">
            {cost}
            <hr className="border-line" />
            {control}
          </div>
          <div className="px-5 pt-2 pb-4">{generate}</div>
        </aside>
      )}
      <Dialog shape="sheet" open={sheet && narrow} onClose={() => setSheet(false)} title="Models, settings and price">
        <div className="flex flex-col gap-5 pb-[env(safe-area-inset-bottom)]">
          {params}
          <hr className="border-line" />
          {control}
          <hr className="border-line" />
          {cost}
        </div>
      </Dialog>
      {isDragActive && <DropOverlay />}
    </div>
  );
}
