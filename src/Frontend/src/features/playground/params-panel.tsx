import type { ReactNode } from 'react';
import type { Model } from '@/domain/api';
import type { Draft } from '@/domain/draft/draft';
import { makesImages, makesVideos } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { factorsOf } from '@/domain/draft/photo-set';
import { durationsOf, nearestDuration, offered, pickModel, qualitiesOf, ratiosOf, resolutionsOf } from '@/domain/models/capabilities';
import { ModelSelector } from '@/domain/models/model-selector';
import { Chips } from '@/ui/radio-group';
import { Label, Slider } from '@/ui/controls';
import { FallbackSetting } from './fallback-setting';
import type { Fault, Field } from './problem-fields';

const setImage = (patch: Partial<Draft['image']>) => draftStore.set((draft) => ({ ...draft, image: { ...draft.image, ...patch } }));
const setVideo = (patch: Partial<Draft['video']>) => draftStore.set((draft) => ({ ...draft, video: { ...draft.video, ...patch } }));

const words: Record<string, string> = { auto: 'As photo', low: 'Low', medium: 'Medium', high: 'High' };

interface ParamsPanelProps {
  draft: Draft;
  models: readonly Model[];
  faults: readonly Fault[];
}

/** How it is made: models and what they can be told. What a model does not offer is not shown. */
export function ParamsPanel({ draft, models, faults }: ParamsPanelProps) {
  const image = pickModel(models, 'image', draft.image.model);
  const video = pickModel(models, 'video', draft.video.model);
  const at = (field: Field) => faults.filter((fault) => fault.field === field);
  return (
    <>
      {makesImages(draft) && (
        <section aria-label="Images" className="flex flex-col gap-4.5">
          <Setting id="image-model-setting" faults={at('image-model')}>
            <ModelSelector kind="image" models={models} value={image} onChange={(model) => setImage({ model })} />
          </Setting>
          <Choice id="image-ratio" label="Aspect ratio" model={image} wish={draft.image.ratio} options={ratiosOf(image)} value={offered(draft.image.ratio, ratiosOf(image)) ?? image?.defaults.aspect_ratio} onChange={(ratio) => setImage({ ratio })} faults={at('image-ratio')} />
          <Choice id="image-quality" label="Quality" model={image} wish={draft.image.quality} options={qualitiesOf(image)} value={offered(draft.image.quality, qualitiesOf(image)) ?? image?.defaults.quality} onChange={(quality) => setImage({ quality })} faults={at('image-quality')} />
          <Setting id="image-count" faults={at('image-count')}>
            {draft.set ? (
              <p className="text-small text-ink-3">The photo set says how many images each photo gets: {factorsOf(draft.set)}.</p>
            ) : (
              <>
                <Label value={draft.image.count}>Images per prompt</Label>
                <Slider label="Images per prompt" value={draft.image.count} min={1} max={10} onChange={(count) => setImage({ count })} />
              </>
            )}
          </Setting>
          <FallbackSetting kind="image" model={image} />
        </section>
      )}
      {draft.mode === 'full' && <hr className="border-line" />}
      {makesVideos(draft) && (
        <section aria-label="Videos" className="flex flex-col gap-4.5">
          <Setting id="video-model-setting" faults={at('video-model')}>
            <ModelSelector kind="video" models={models} value={video} onChange={(model) => setVideo({ model })} />
          </Setting>
          <Choice id="video-resolution" label="Resolution" model={video} wish={draft.video.resolution} options={resolutionsOf(video)} value={offered(draft.video.resolution, resolutionsOf(video)) ?? video?.defaults.resolution} onChange={(resolution) => setVideo({ resolution })} faults={at('video-resolution')} />
          <Durations model={video} draft={draft} faults={at('video-duration')} />
          <Setting id="video-count" faults={at('video-count')}>
            <Label value={draft.video.count}>Videos per image</Label>
            <Slider label="Videos per image" value={draft.video.count} min={1} max={10} onChange={(count) => setVideo({ count })} />
          </Setting>
          <FallbackSetting kind="video" model={video} />
        </section>
      )}
    </>
  );
}

function Durations({ model, draft, faults }: { model: Model | undefined; draft: Draft; faults: readonly Fault[] }) {
  const offers = durationsOf(model);
  const wish = draft.video.duration;
  const duration = wish === null ? (model?.defaults.duration_sec ?? model?.price.base_duration_sec ?? offers[0]) : nearestDuration(wish, offers);
  return (
    <>
      <Choice id="video-duration" label="Duration" options={offers.map(String)} value={duration === null || duration === undefined ? undefined : String(duration)} wordFor={(value) => `${value} s`} onChange={(value) => setVideo({ duration: Number(value) })} faults={faults} />
      {model && wish !== null && duration !== wish && offers.length > 1 && (
        <p className="-mt-2.5 text-small text-ink-3">
          {model.name} does not sell {wish} s; {duration} s is the nearest.
        </p>
      )}
    </>
  );
}

interface ChoiceProps {
  id: Field;
  label: string;
  options: readonly string[];
  value: string | null | undefined;
  onChange: (value: string) => void;
  faults: readonly Fault[];
  model?: Model | undefined;
  /** What was chosen before, perhaps for another model. */
  wish?: string | null;
  wordFor?: (value: string) => string;
}

/** Nothing to choose from is nothing to show; a single offer is a fact, not a choice. */
function Choice({ id, label, options, value, onChange, faults, model, wish, wordFor = (option) => words[option] ?? option }: ChoiceProps) {
  const lost = model && wish && !options.includes(wish);
  if (options.length === 0 && !lost) return null;
  return (
    <Setting id={id} faults={faults}>
      <Label value={options.length === 1 && options[0] !== undefined ? wordFor(options[0]) : undefined}>{label}</Label>
      {options.length > 1 && <Chips label={label} value={value ?? null} options={options.map((option) => ({ value: option, label: wordFor(option) }))} onChange={onChange} />}
      {lost && (
        <p className="text-small text-ink-3">
          {model.name} cannot do {wordFor(wish)}
          {value ? `; it makes ${wordFor(value)}` : ''}.
        </p>
      )}
    </Setting>
  );
}

function Setting({ id, faults, children }: { id: string; faults: readonly Fault[]; children: ReactNode }) {
  return (
    <div id={id} className="flex flex-col gap-2">
      {children}
      {faults.map((fault) => (
        <p key={fault.message} className="text-small text-danger">
          {fault.message}
        </p>
      ))}
    </div>
  );
}
