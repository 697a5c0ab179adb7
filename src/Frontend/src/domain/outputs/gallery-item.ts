import { contentUrl, thumbnailUrl } from '@/domain/assets/urls';
import type { Asset, Output, Step, StepType } from '@/domain/api';
import type { OutputPlace } from '@/domain/pipelines/queries';
import type { LiveOutput } from '@/domain/progress/progress-reducer';
import type { OutputEntry } from './output-index';

/** A picture or clip as a gallery shows it, wherever it came from. */
export interface GalleryItem {
  key: string;
  kind: 'image' | 'video';
  url: string;
  thumbnailUrl: string;
  /** Width over height. */
  ratio: number;
  name: string;
  assetId: number | null;
  outputId: number | null;
  itemId: number | null;
  stepId: number | null;
  pipelineId: number | null;
  model: string | null;
  /** Who made it, in truth; null where that is not told. */
  provider: string | null;
  /** The provider that was to make it, where another one stepped in. */
  insteadOf: string | null;
  prompt: string | null;
  simulated: boolean;
  /** It was there from before and cost nothing. */
  reused: boolean;
  width: number | null;
  height: number | null;
  durationSec: number | null;
  bytes: number | null;
  /** Milliseconds since 1970. */
  madeAt: number | null;
}

const extension = (kind: 'image' | 'video', contentType?: string) => (kind === 'video' ? 'mp4' : contentType === 'image/png' ? 'png' : contentType === 'image/webp' ? 'webp' : 'jpg');

/** Width over height of a `9:16`; null for what is no ratio. */
export function parseRatio(text: string | null | undefined): number | null {
  const [width, height] = (text ?? '').split(':').map(Number);
  return width && height ? width / height : null;
}

export const kindOfStep = (step: StepType): 'prompt' | 'image' | 'video' => (step === 'prompt_enhance' ? 'prompt' : step === 'i2i' ? 'image' : 'video');

/** The step of an output, as far as its tile has to know it. */
export type ItemStep = Pick<Step, 'id' | 'pipeline_id' | 'step_type' | 'config' | 'provider'>;

const insteadOf = (step: ItemStep, provider: string | null | undefined) => (provider && step.provider && provider !== step.provider ? step.provider : null);

export function fromOutput(output: Output, step: ItemStep, fallbackRatio: number): GalleryItem | null {
  if (output.type === 'prompt' || !output.url) return null;
  return {
    key: `output-${output.id}`,
    kind: output.type,
    url: output.url,
    thumbnailUrl: output.thumbnail_url ?? output.url,
    ratio: output.width && output.height ? output.width / output.height : fallbackRatio,
    name: `${output.type}-${output.id}.${extension(output.type)}`,
    assetId: output.asset_id,
    outputId: output.id,
    itemId: output.item_id,
    stepId: step.id,
    pipelineId: step.pipeline_id,
    model: output.model,
    provider: output.provider ?? null,
    insteadOf: insteadOf(step, output.provider),
    prompt: output.prompt,
    simulated: output.simulated ?? false,
    reused: output.reused ?? false,
    width: output.width,
    height: output.height,
    durationSec: output.duration_sec,
    bytes: output.bytes,
    madeAt: Date.parse(output.created_at),
  };
}

/** An output of the index. What it was made from is asked for when somebody looks. */
export function fromEntry(entry: OutputEntry, step: ItemStep, fallbackRatio: number): GalleryItem | null {
  const kind = kindOfStep(step.step_type);
  if (kind === 'prompt' || entry.assetId === null) return null;
  return {
    key: `output-${entry.id}`,
    kind,
    url: contentUrl(entry.assetId),
    thumbnailUrl: thumbnailUrl(entry.assetId),
    ratio: entry.width && entry.height ? entry.width / entry.height : fallbackRatio,
    name: `${kind}-${entry.id}.${extension(kind)}`,
    assetId: entry.assetId,
    outputId: entry.id,
    itemId: entry.itemId,
    stepId: step.id,
    pipelineId: step.pipeline_id,
    model: entry.model,
    provider: entry.provider,
    insteadOf: insteadOf(step, entry.provider),
    prompt: null,
    simulated: entry.simulated,
    reused: entry.reused,
    width: entry.width,
    height: entry.height,
    durationSec: entry.durationSec,
    bytes: null,
    madeAt: entry.madeAt,
  };
}

/** An output the feed announced and no answer has described yet. */
export function fromLive(output: LiveOutput, step: ItemStep, ratio: number): GalleryItem | null {
  if (output.type === 'prompt' || !output.url) return null;
  return {
    key: `output-${output.id}`,
    kind: output.type,
    url: output.url,
    thumbnailUrl: output.thumbnailUrl ?? output.url,
    ratio,
    name: `${output.type}-${output.id}.${extension(output.type)}`,
    assetId: null, outputId: output.id, itemId: null, stepId: step.id, pipelineId: step.pipeline_id,
    model: step.config.model ?? null, provider: null, insteadOf: null, prompt: null, simulated: false, reused: false,
    width: null, height: null, durationSec: null, bytes: null, madeAt: Date.now(),
  };
}

export function fromAsset(asset: Asset): GalleryItem {
  return {
    key: `asset-${asset.id}`,
    kind: asset.type,
    url: asset.url,
    thumbnailUrl: asset.thumbnail_url || asset.url,
    ratio: asset.width && asset.height ? asset.width / asset.height : 1.5,
    name: asset.name || `${asset.type}-${asset.id}.${extension(asset.type, asset.content_type)}`,
    assetId: asset.id,
    outputId: asset.output_id,
    itemId: null,
    stepId: null,
    pipelineId: asset.pipeline_id,
    model: asset.model ?? null,
    provider: null,
    insteadOf: null,
    prompt: asset.prompt ?? null,
    simulated: asset.simulated ?? false,
    reused: false,
    width: asset.width,
    height: asset.height,
    durationSec: asset.duration_sec,
    bytes: asset.bytes,
    madeAt: Date.parse(asset.created_at),
  };
}

/** Where all that is known of an item is kept; null for what belongs to no step. */
export function placeOf(item: GalleryItem | undefined): OutputPlace | null {
  const { pipelineId, stepId, outputId } = item ?? {};
  return pipelineId && stepId && outputId ? { pipelineId, stepId, outputId } : null;
}
