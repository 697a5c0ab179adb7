import type { ReactNode } from 'react';
import type { Model, StepType } from '@/domain/api';
import type { DraftImage } from '@/domain/draft/draft';
import { count } from '@/domain/count';
import { formatMoney, formatUnitPrice } from '@/domain/costs/format-money';
import { stepFill } from '@/domain/costs/receipt';
import { durationsOf, nearestDuration, offered, pickModel, qualitiesOf, ratiosOf, resolutionsOf } from '@/domain/models/capabilities';
import { ModelSelector } from '@/domain/models/model-selector';
import { wordOf } from '@/domain/settings/setting';
import { cn } from '@/ui/cn';
import { CheckRow, Stepper, Switch } from '@/ui/controls';
import { areaClass, inputClass } from '@/ui/input';
import { Segmented } from '@/ui/radio-group';
import { chainWords, motionsOf, type Level } from './bulk-request';
import { bulkStore, type BulkDraft } from './bulk-store';
import { SetButton } from './set-button';

interface ChainTreeProps {
  draft: BulkDraft;
  models: readonly Model[];
  /** `3 photos`, or `12 rows`. */
  first: string;
  images: readonly DraftImage[];
  prompts: readonly string[];
  levels: readonly Level[];
  stale: boolean;
}

/** What multiplies out to what. Every quantity can be changed where it stands; counts and costs follow from the server's own dry run. */
export function ChainTree({ draft, models, first, images, prompts, levels, stale }: ChainTreeProps) {
  // A sheet says itself what meets what.
  const meets = draft.source === 'text';
  const of = (type: StepType) => levels.find((level) => level.type === type);
  const image = pickModel(models, 'image', draft.imageModel);
  const video = pickModel(models, 'video', draft.videoModel);
  const depths = [draft.enhance, draft.images, draft.videos].map((_, index, all) => 1 + all.slice(0, index).filter(Boolean).length);
  return (
    <section id="chain" tabIndex={-1} aria-label="Chain" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <header className="flex flex-wrap items-baseline gap-x-3 gap-y-1">
        <h2 className="text-head">What will be made</h2>
        <p aria-live="polite" className={cn('text-strong tabular-nums transition-opacity', stale && 'opacity-60')}>
          {chainWords(first, levels)}
        </p>
      </header>
      <ul className="flex flex-col gap-2.5">
        <li className="flex min-h-10.5 flex-wrap items-center gap-3">
          <b className="font-[550]">{first}</b>
          {meets && prompts.length > 0 && <span className="text-ink-2">× {count(prompts.length, 'prompt')}</span>}
          {meets && (
            <Segmented small className="ml-auto min-w-64 max-sm:ml-0 max-sm:w-full" label="How photos and prompts meet" value={draft.combine} options={[{ value: 'all', label: 'All combinations' }, { value: 'paired', label: 'One to one' }]} onChange={(combine) => bulkStore.patch({ combine })} />
          )}
        </li>
        <Row type="prompt_enhance" depth={depths[0] ?? 1} on={draft.enhance} onToggle={(enhance) => bulkStore.patch({ enhance })} label="Enhance prompts" level={of('prompt_enhance')} stale={stale}>
          <Quantity label="Prompts each" value={draft.variations} max={20} onChange={(variations) => bulkStore.patch({ variations })} />
        </Row>
        <Row type="i2i" depth={depths[1] ?? 1} on={draft.images} onToggle={(images) => bulkStore.patch({ images })} label="Make images" level={of('i2i')} stale={stale}>
          {!draft.set && <Quantity label="Images per prompt" value={draft.imagesPerPrompt} max={10} onChange={(imagesPerPrompt) => bulkStore.patch({ imagesPerPrompt })} />}
          <SetButton draft={draft} models={models} images={images} prompts={prompts} />
          <span className="min-w-66 flex-1 max-w-80">
            <ModelSelector kind="image" models={models} value={image} onChange={(imageModel) => bulkStore.patch({ imageModel })} />
          </span>
          <Pick label="Aspect ratio" options={ratiosOf(image)} value={offered(draft.ratio, ratiosOf(image)) ?? image?.defaults.aspect_ratio} onChange={(ratio) => bulkStore.patch({ ratio })} />
          <Pick label="Resolution" options={resolutionsOf(image)} value={offered(draft.imageResolution, resolutionsOf(image)) ?? image?.defaults.resolution} onChange={(imageResolution) => bulkStore.patch({ imageResolution })} />
          <Pick label="Quality" options={qualitiesOf(image)} value={offered(draft.quality, qualitiesOf(image)) ?? image?.defaults.quality} onChange={(quality) => bulkStore.patch({ quality })} />
        </Row>
        <Row type="i2v" depth={depths[2] ?? 1} on={draft.videos} onToggle={(videos) => bulkStore.patch({ videos })} label="Make videos" level={of('i2v')} stale={stale}>
          <Quantity label="Videos per image" value={draft.videosPerImage} max={10} onChange={(videosPerImage) => bulkStore.patch({ videosPerImage })} />
          <span className="min-w-66 flex-1 max-w-80">
            <ModelSelector kind="video" models={models} value={video} onChange={(videoModel) => bulkStore.patch({ videoModel })} />
          </span>
          <Pick label="Resolution" options={resolutionsOf(video)} value={offered(draft.resolution, resolutionsOf(video)) ?? video?.defaults.resolution} onChange={(resolution) => bulkStore.patch({ resolution })} />
          <Pick
            label="Duration"
            options={durationsOf(video).map(String)}
            value={String((draft.duration === null ? null : nearestDuration(draft.duration, durationsOf(video))) ?? video?.defaults.duration_sec ?? durationsOf(video)[0] ?? '')}
            wordFor={(seconds) => `${seconds} s`}
            onChange={(duration) => bulkStore.patch({ duration: Number(duration) })}
          />
          {video?.capabilities.audio && <CheckRow label="Sound" checked={draft.audio} onChange={(audio) => bulkStore.patch({ audio })} />}
          {draft.images && <Motion draft={draft} />}
        </Row>
      </ul>
    </section>
  );
}

interface RowProps {
  type: StepType;
  depth: number;
  on: boolean;
  onToggle: (on: boolean) => void;
  label: string;
  level: Level | undefined;
  stale: boolean;
  children: ReactNode;
}

function Row({ type, depth, on, onToggle, label, level, stale, children }: RowProps) {
  return (
    <li style={{ marginLeft: `${depth * 18}px` }} className="flex flex-col gap-2 border-l border-line-2 pl-3.5 max-sm:!ml-1.5">
      <div className="flex min-h-10.5 flex-wrap items-center gap-x-3 gap-y-1">
        <span aria-hidden="true" className={cn('size-2.5 rounded-[3px]', on ? stepFill[type] : 'bg-track')} />
        <span className="min-w-38">
          <Switch label={label} checked={on} onChange={onToggle} />
        </span>
        {on && level && (
          <span className={cn('ml-auto flex items-baseline gap-3 tabular-nums transition-opacity', stale && 'opacity-60')}>
            <span className="text-small text-ink-3">
              {count(level.count, level.unit)} × {formatUnitPrice(level.unitPrice)}
            </span>
            <b className="text-strong">{formatMoney(level.amount)}</b>
          </span>
        )}
      </div>
      {on && <div className="flex flex-wrap items-center gap-x-4 gap-y-2 pb-1">{children}</div>}
    </li>
  );
}

/** How the videos move: every image gets a video of each. */
function Motion({ draft }: { draft: BulkDraft }) {
  const motions = motionsOf(draft).length;
  return (
    <label className="flex basis-full flex-col gap-1 text-label text-ink-2">
      <span>
        Motion
        {motions > 1 && <span className="text-small font-[450] text-ink-3"> · {count(motions, 'motion')} for each image</span>}
      </span>
      <textarea
        rows={Math.min(4, Math.max(1, draft.motion.split('\n').length))}
        value={draft.motion}
        onChange={(event) => bulkStore.patch({ motion: event.target.value })}
        placeholder="Slow push-in. One a line; left empty, each video follows its image’s prompt."
        className={`${areaClass} max-w-160 resize-y`}
      />
    </label>
  );
}

function Quantity({ label, value, max, onChange }: { label: string; value: number; max: number; onChange: (value: number) => void }) {
  return (
    <span className="flex items-center gap-2 text-label text-ink-2">
      {label}
      <Stepper label={label} value={value} min={1} max={max} onChange={onChange} />
    </span>
  );
}

interface PickProps {
  label: string;
  options: readonly string[];
  value: string | null | undefined;
  onChange: (value: string) => void;
  wordFor?: (value: string) => string;
}

/** A single offer is a fact, not a choice. */
function Pick({ label, options, value, onChange, wordFor = wordOf }: PickProps) {
  if (options.length < 2) return null;
  return (
    <label className="flex items-center gap-2 text-label whitespace-nowrap text-ink-2">
      {label}
      <select value={value ?? ''} onChange={(event) => onChange(event.target.value)} className={`${inputClass} w-auto`}>
        {options.map((option) => (
          <option key={option} value={option}>
            {wordFor(option)}
          </option>
        ))}
      </select>
    </label>
  );
}
