import type { Model } from '@/domain/api';
import type { Draft } from '@/domain/draft/draft';
import { factorsOf, type PhotoSet } from '@/domain/draft/photo-set';
import { durationsOf, nearestDuration, offered, pickModel, qualitiesOf, ratiosOf, resolutionsOf } from '@/domain/models/capabilities';
import { ModelSelector } from '@/domain/models/model-selector';
import { Label, Slider, Switch } from '@/ui/controls';
import { FallbackSetting } from './fallback-setting';
import { MoreSettings } from './more-settings';
import { Choice, Setting, type Faults } from './setting';

type Wish = 'model' | 'count' | 'resolution' | 'negative' | 'seed';
export type SettingField = `${'image' | 'video'}-${Wish}` | 'image-ratio' | 'image-quality' | 'video-duration' | 'video-audio';

interface SettingsProps<T> {
  value: T;
  models: readonly Model[];
  at: (field: SettingField) => Faults;
  onChange: (patch: Partial<T>) => void;
}

/** How images are made: the model and what it can be told. What a model does not offer is not shown. */
export function ImageSettings({ value, set, models, at, onChange }: SettingsProps<Draft['image']> & { set: PhotoSet | null }) {
  const image = pickModel(models, 'image', value.model);
  return (
    <section aria-label="Images" className="flex flex-col gap-4.5">
      <Setting id="image-model-setting" faults={at('image-model')}>
        <ModelSelector kind="image" models={models} value={image} onChange={(model) => onChange({ model })} />
      </Setting>
      <Choice id="image-ratio" label="Aspect ratio" model={image} wish={value.ratio} options={ratiosOf(image)} value={offered(value.ratio, ratiosOf(image)) ?? image?.defaults.aspect_ratio} onChange={(ratio) => onChange({ ratio })} faults={at('image-ratio')} />
      <Choice id="image-resolution" label="Resolution" model={image} wish={value.resolution} options={resolutionsOf(image)} value={offered(value.resolution, resolutionsOf(image)) ?? image?.defaults.resolution} onChange={(resolution) => onChange({ resolution })} faults={at('image-resolution')} />
      <Choice id="image-quality" label="Quality" model={image} wish={value.quality} options={qualitiesOf(image)} value={offered(value.quality, qualitiesOf(image)) ?? image?.defaults.quality} onChange={(quality) => onChange({ quality })} faults={at('image-quality')} />
      <Setting id="image-count" faults={at('image-count')}>
        {set ? (
          <p className="text-small text-ink-3">The photo set says how many images each photo gets: {factorsOf(set)}.</p>
        ) : (
          <>
            <Label value={value.count}>Images per prompt</Label>
            <Slider label="Images per prompt" value={value.count} min={1} max={10} onChange={(count) => onChange({ count })} />
          </>
        )}
      </Setting>
      <MoreSettings kind="image" model={image} value={value} faults={{ seed: at('image-seed'), negative: at('image-negative') }} onChange={onChange} />
      <FallbackSetting kind="image" model={image} value={value.fallback} onChange={(fallback) => onChange({ fallback })} />
    </section>
  );
}

/** How videos are made. */
export function VideoSettings({ value, models, at, onChange }: SettingsProps<Draft['video']>) {
  const video = pickModel(models, 'video', value.model);
  const offers = durationsOf(video);
  const wish = value.duration;
  const duration = wish === null ? (video?.defaults.duration_sec ?? video?.price.base_duration_sec ?? offers[0]) : nearestDuration(wish, offers);
  return (
    <section aria-label="Videos" className="flex flex-col gap-4.5">
      <Setting id="video-model-setting" faults={at('video-model')}>
        <ModelSelector kind="video" models={models} value={video} onChange={(model) => onChange({ model })} />
      </Setting>
      <Choice id="video-resolution" label="Resolution" model={video} wish={value.resolution} options={resolutionsOf(video)} value={offered(value.resolution, resolutionsOf(video)) ?? video?.defaults.resolution} onChange={(resolution) => onChange({ resolution })} faults={at('video-resolution')} />
      <Choice id="video-duration" label="Duration" options={offers.map(String)} value={duration === null || duration === undefined ? undefined : String(duration)} wordFor={(option) => `${option} s`} onChange={(option) => onChange({ duration: Number(option) })} faults={at('video-duration')} />
      {video && wish !== null && duration !== wish && offers.length > 1 && (
        <p className="-mt-2.5 text-small text-ink-3">
          {video.name} does not sell {wish} s; {duration} s is the nearest.
        </p>
      )}
      {video && (video.capabilities.audio || value.audio) && (
        <Setting id="video-audio" faults={at('video-audio')}>
          {video.capabilities.audio ? <Switch label="Sound" checked={value.audio} onChange={(audio) => onChange({ audio })} /> : <p className="text-small text-ink-3">{video.name} makes no sound.</p>}
        </Setting>
      )}
      <Setting id="video-count" faults={at('video-count')}>
        <Label value={value.count}>Videos per image</Label>
        <Slider label="Videos per image" value={value.count} min={1} max={10} onChange={(count) => onChange({ count })} />
      </Setting>
      <MoreSettings kind="video" model={video} value={value} faults={{ seed: at('video-seed'), negative: at('video-negative') }} onChange={onChange} />
      <FallbackSetting kind="video" model={video} value={value.fallback} onChange={(fallback) => onChange({ fallback })} />
    </section>
  );
}
