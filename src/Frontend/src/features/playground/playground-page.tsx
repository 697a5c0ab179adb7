import { Check, Image as ImageIcon, RotateCcw, Video, Workflow } from 'lucide-react';
import { Suspense, useState, type ReactNode } from 'react';
import { late } from '@/ui/late';
import { isUntouched, type Draft, type Mode } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import type { RunInSight } from '@/domain/draft/run-in-sight';
import { useDropPhotos } from '@/domain/draft/use-drop-photos';
import { Button, IconButton } from '@/ui/button';
import { ModeTabs } from '@/ui/mode-tabs';
import { Notice } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';
import { useHotkey } from '@/ui/use-hotkey';
import { useKept } from '@/ui/use-kept';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { ControlPanel } from './control-panel';
import { CostPanel } from './cost-panel';
import { DraftEquation } from './draft-equation';
import { Generate } from './generate';
import { nameOf } from '@/domain/draft/build-request';
import { ParamsPanel } from './params-panel';
import { PhotoRow } from './photo-row';
import type { Field } from './problem-fields';
import { PromptBox } from './prompt-box';
import { SettingsDock } from './settings-dock';
import { SideRail } from './side-rail';
import { usePlayground } from './use-playground';

const Sheet = late(() => import('@/ui/sheet'), 'Sheet');
const DropOverlay = late(() => import('@/domain/draft/drop-overlay'), 'DropOverlay');
const VariationList = late(() => import('./variation-list'), 'VariationList');

const modes: { value: Mode; label: string; icon: ReactNode }[] = [
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

/** Brings a control into view and gives it the focus, as soon as what holds it is there. */
function lead(field: Field, tries = 60): void {
  requestAnimationFrame(() => {
    const element = document.getElementById(field);
    if (element === null && tries > 0) return lead(field, tries - 1);
    element?.scrollIntoView({ block: 'center' });
    (element?.matches('textarea, input') ? element : element?.querySelector<HTMLElement>('button, input, textarea, [tabindex="0"]'))?.focus();
  });
}

/** @param guide stands over the page and leads to the run that is in sight. */
export function PlaygroundPage({ guide }: { guide?: (run: RunInSight) => ReactNode }) {
  const page = usePlayground();
  useTitle('Playground');
  const { draft, faults, models } = page;
  const [sheet, setSheet] = useState(false);
  const [rail, setRail] = useKept('pipeline.rail', true);
  const narrow = useIsNarrow();
  const { getRootProps, getInputProps, isDragActive, open } = useDropPhotos();
  useHotkey('mod+Enter', page.generate);
  useHotkey('mod+e', page.enhancePrompts);

  const show = (field: Field) => {
    const inRail = /^(image|video)/.test(field);
    if (narrow && (inRail || /^(run-mode|budget|combine|enhance)/.test(field))) setSheet(true);
    if (inRail) setRail(true);
    lead(field);
  };

  const generateNow = () => {
    // What becomes of it is told on the page, which the sheet covers.
    setSheet(false);
    page.generate();
  };

  const params = <ParamsPanel draft={draft} models={models} faults={faults} />;
  const control = <ControlPanel draft={draft} estimate={page.estimate} faults={faults} />;
  const cost = <CostPanel estimate={page.estimate} stale={page.stale} waitingFor={page.waitingFor} simulated={page.simulated} />;
  const generate = <Generate faults={faults} estimate={page.estimate} stale={page.stale} stops={page.stops} starting={page.starting} onGenerate={generateNow} onShow={show} />;
  const troubles = page.modelsError ?? page.estimateError;

  return (
    <div {...getRootProps()} className="relative flex min-h-0 min-w-0 flex-1 max-lg:flex-col">
      {!narrow && (
        <SideRail open={rail} onOpen={setRail}>
          {params}
        </SideRail>
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
          {draft.variations !== null && (
            <Suspense>
              <VariationList variations={draft.variations} mode={draft.mode} />
            </Suspense>
          )}
        </ModeTabs>
      </main>
      {narrow ? (
        <SettingsDock onOpen={() => setSheet(true)}>
          <div data-tour="generate">{generate}</div>
        </SettingsDock>
      ) : (
        <aside aria-label="This run" className="flex w-84 shrink-0 flex-col border-l border-line bg-panel max-2xl:w-76 max-xl:w-70">
          <div className="flex min-h-0 flex-1 flex-col gap-4 overflow-y-auto p-5">
            <div data-tour="price">{cost}</div>
            <hr className="border-line" />
            {control}
          </div>
          <div data-tour="generate" className="px-5 pt-2 pb-4">
            {generate}
          </div>
        </aside>
      )}
      {sheet && narrow && (
        <Suspense>
          <Sheet onClose={() => setSheet(false)} title="Models, settings and price" foot={generate}>
            <div className="flex flex-col gap-5">
              {params}
              <hr className="border-line" />
              {control}
              <hr className="border-line" />
              {cost}
            </div>
          </Sheet>
        </Suspense>
      )}
      {isDragActive && (
        <Suspense>
          <DropOverlay />
        </Suspense>
      )}
      {guide?.(page.inSight)}
    </div>
  );
}
