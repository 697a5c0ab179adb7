import type { Asset, Output, Step, StepType } from '@/domain/api';
import type { LiveOutput } from '@/domain/progress/progress-reducer';

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
  prompt: string | null;
  variation: Record<string, string> | null;
  seed: number | null;
  cost: number | null;
  simulated: boolean;
  width: number | null;
  height: number | null;
  durationSec: number | null;
  bytes: number | null;
}

const extension = (kind: 'image' | 'video', contentType?: string) => (kind === 'video' ? 'mp4' : contentType === 'image/png' ? 'png' : contentType === 'image/webp' ? 'webp' : 'jpg');

/** Width over height of a `9:16`; null for what is no ratio. */
export function parseRatio(text: string | null | undefined): number | null {
  const [width, height] = (text ?? '').split(':').map(Number);
  return width && height ? width / height : null;
}

export const kindOfStep = (step: StepType): 'prompt' | 'image' | 'video' => (step === 'prompt_enhance' ? 'prompt' : step === 'i2i' ? 'image' : 'video');

export function fromOutput(output: Output, step: Pick<Step, 'id' | 'pipeline_id' | 'config'>, fallbackRatio: number): GalleryItem | null {
  if (output.type === 'prompt' || !output.url) return null;
  return {
    key: `output-${output.id}`,
    kind: output.type,
    url: output.url,
    thumbnailUrl: output.thumbnail_url ?? output.url,
    ratio: output.width && output.height ? output.width / output.height : (parseRatio(step.config.aspect_ratio) ?? fallbackRatio),
    name: `${output.type}-${output.id}.${extension(output.type)}`,
    assetId: output.asset_id,
    outputId: output.id,
    itemId: output.item_id,
    stepId: step.id,
    pipelineId: step.pipeline_id,
    model: output.model,
    prompt: output.prompt,
    variation: output.variation,
    seed: output.seed,
    cost: output.cost,
    simulated: output.simulated ?? false,
    width: output.width,
    height: output.height,
    durationSec: output.duration_sec,
    bytes: output.bytes,
  };
}

/** An output the feed announced and no answer has described yet. */
export function fromLive(output: LiveOutput, step: Pick<Step, 'id' | 'pipeline_id' | 'config'>, fallbackRatio: number): GalleryItem | null {
  if (output.type === 'prompt' || !output.url) return null;
  return {
    key: `output-${output.id}`,
    kind: output.type,
    url: output.url,
    thumbnailUrl: output.thumbnailUrl ?? output.url,
    ratio: parseRatio(step.config.aspect_ratio) ?? fallbackRatio,
    name: `${output.type}-${output.id}.${extension(output.type)}`,
    assetId: null, outputId: output.id, itemId: null, stepId: step.id, pipelineId: step.pipeline_id,
    model: step.config.model ?? null, prompt: null, variation: null, seed: null, cost: null, simulated: false,
    width: null, height: null, durationSec: null, bytes: null,
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
    prompt: asset.prompt ?? null,
    variation: null, seed: null, cost: null,
    simulated: asset.simulated ?? false,
    width: asset.width,
    height: asset.height,
    durationSec: asset.duration_sec,
    bytes: asset.bytes,
  };
}
