import { useMemo, useState } from 'react';
import { ProblemError } from '@/api/problem';
import type { Model } from '@/domain/api';
import { useDryRun } from '@/domain/costs/dry-run';
import { useEstimate } from '@/domain/costs/estimate';
import { count } from '@/domain/count';
import type { Draft } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { emptySet, factorsOf, fullProduct, mostEach, setKinds, setPresets, toggleOption, type PhotoSet } from '@/domain/draft/photo-set';
import { Button } from '@/ui/button';
import { ChipCheck } from '@/ui/chip-check';
import { Slider } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { toast } from '@/ui/toast';
import { useSettled } from '@/ui/use-settled';
import { buildEstimate } from '@/domain/draft/build-request';
import { CoveragePlans } from './coverage-plans';
import { Outfits } from './outfits';
import { WhatTheModelReads } from './what-the-model-reads';

interface PhotoSetDialogProps {
  /** What it is priced with: photos, prompts, model, and the set as it is now. */
  draft: Draft;
  models: readonly Model[];
  /** Without it the set goes into the playground's draft. */
  onSet?: (photoSet: PhotoSet | null) => void;
  onClose: () => void;
}

/** What the server does not take about it, in its words. */
const refusalOf = (error: unknown) => (error instanceof ProblemError && (error.status === 400 || error.status === 422) ? (Object.values(error.problem.errors ?? {})[0]?.[0] ?? error.message) : null);

function putSet(photoSet: PhotoSet | null): void {
  const before = draftStore.get().set;
  draftStore.patch({ set: photoSet });
  toast.good(photoSet === null ? 'No photo set any more' : 'The photo set is part of this run', { action: { label: 'Undo', run: () => draftStore.patch({ set: before }) } });
}

/** `2 angles × 3 expressions = 6 images`; with another coverage `…, pairwise: 9 × 2 = 18 images`. */
function summaryOf(photoSet: PhotoSet, variations: number | undefined): string {
  const factors = factorsOf(photoSet);
  if (factors === '') return 'Tick what should vary';
  if (variations === undefined) return factors;
  const images = count(variations * photoSet.each, 'image');
  const times = photoSet.each > 1 ? ` × ${photoSet.each}` : '';
  if (photoSet.coverage === 'full') return `${factors}${times} = ${images}`;
  return `${factors}, ${photoSet.coverage === 'pairwise' ? 'pairwise' : 'one at a time'}: ${times === '' ? images : `${variations}${times} = ${images}`}`;
}

/** Varies a photo along ticked lines; what that makes and costs follows every tick. */
export function PhotoSetDialog({ draft, models, onSet = putSet, onClose }: PhotoSetDialogProps) {
  const [photoSet, setPhotoSet] = useState<PhotoSet>(draft.set ?? emptySet);
  const wanted = useMemo(() => (fullProduct(photoSet) === 0 ? null : buildEstimate({ ...draft, set: photoSet }, models)), [draft, photoSet, models]);
  const asked = useSettled(wanted, 150);
  const estimate = useEstimate(asked);
  const dryRun = useDryRun(asked);
  const line = asked === null ? undefined : estimate.data?.steps.find((step) => step.step_type === 'i2i');
  const refusal = refusalOf(estimate.error);
  const all = fullProduct(photoSet);
  const chosen = line?.set_mode_plans?.find((plan) => plan.coverage === photoSet.coverage);
  const variations = photoSet.coverage === 'full' ? all : chosen?.variations;
  const apply = () => {
    onSet(all === 0 ? null : photoSet);
    onClose();
  };

  return (
    <Dialog open onClose={onClose} title="Create a photo set" className="w-[min(1080px,calc(100vw-32px))] max-lg:m-0 max-lg:mt-auto max-lg:max-h-[calc(100dvh-24px)] max-lg:w-full max-lg:max-w-full max-lg:rounded-b-none">
      <p className="-mt-1 mb-4 flex flex-wrap items-center gap-x-3 gap-y-2 text-ink-2">
        The same subject, changed along the lines you tick. Start from
        {setPresets.map((preset) => (
          <Button key={preset.name} small onClick={() => setPhotoSet({ ...preset.set, each: photoSet.each })}>
            {preset.name}
          </Button>
        ))}
      </p>
      <div className="grid grid-cols-[minmax(0,1fr)_400px] gap-7 max-lg:grid-cols-1">
        <div className="flex flex-col gap-4">
          {setKinds.map(({ kind, label, options }) => (
            <fieldset key={kind} className="grid grid-cols-[104px_minmax(0,1fr)] items-start gap-2 max-lg:grid-cols-1">
              <legend className="contents">
                <span className="pt-1.5 max-lg:pt-0">
                  <span className="block text-strong">{label}</span>
                  <span className="block text-small text-ink-3">{photoSet.options[kind].length === 0 ? 'as in photo' : options.length === 0 ? photoSet.options[kind].length : `${photoSet.options[kind].length} of ${options.length}`}</span>
                </span>
              </legend>
              {kind === 'outfits' ? (
                <Outfits photoSet={photoSet} onChange={setPhotoSet} />
              ) : (
                <div className="flex flex-wrap gap-2">
                  {options.map((option) => (
                    <ChipCheck key={option.value} label={option.label} checked={photoSet.options[kind].includes(option.value)} onChange={() => setPhotoSet(toggleOption(photoSet, kind, option.value))} />
                  ))}
                </div>
              )}
            </fieldset>
          ))}
          <div className="grid grid-cols-[104px_minmax(0,1fr)_72px] items-center gap-2 border-t border-line pt-4">
            <span className="text-strong">Each variation</span>
            <Slider label="Images of each variation" value={photoSet.each} min={1} max={mostEach} onChange={(each) => setPhotoSet({ ...photoSet, each })} />
            <b className="text-right text-label">{count(photoSet.each, 'image')}</b>
          </div>
        </div>
        <div className="flex flex-col gap-5">
          <CoveragePlans photoSet={photoSet} plans={line?.set_mode_plans} onChange={(coverage) => setPhotoSet({ ...photoSet, coverage })} />
          <WhatTheModelReads items={all === 0 ? [] : (dryRun.data?.sample.filter((item) => item.step_type === 'i2i') ?? [])} variations={variations} />
          {refusal && <p className="text-small text-danger">{refusal}</p>}
        </div>
      </div>
      <footer className="sticky -bottom-5 -mx-5 mt-5 -mb-5 flex flex-wrap items-center gap-3 border-t border-line bg-popover px-5 py-3.5">
        <div className="min-w-48 flex-1 max-lg:basis-full" aria-live="polite">
          <p className="text-strong">{summaryOf(photoSet, variations)}</p>
          <p className="text-small text-ink-3">
            {all === 0 ? 'Everything you leave out stays as it is in the photo.' : line ? `${count(line.count, 'image')} of ${count(draft.images.length, 'photo')} · ${line.amount_display}` : draft.images.length === 0 ? 'The price shows once there is a photo.' : 'Working out the price'}
          </p>
        </div>
        {draft.set !== null && (
          <Button
            look="ghostDanger"
            className="max-lg:flex-1"
            onClick={() => {
              onSet(null);
              onClose();
            }}
          >
            Remove set
          </Button>
        )}
        <Button className="max-lg:flex-1" onClick={onClose}>
          Cancel
        </Button>
        <Button look="primary" className="max-lg:flex-1" disabled={all === 0 || chosen?.over_limit === true} onClick={apply}>
          {chosen?.over_limit ? 'Too many for one run' : 'Use this set'}
        </Button>
      </footer>
    </Dialog>
  );
}
