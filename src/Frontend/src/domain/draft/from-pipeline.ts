import type { Pipeline, StepConfig } from '@/domain/api';
import { emptyDraft, type Draft, type DraftImage, type Making } from './draft';
import { fromSetMode } from './photo-set';

const toMaking = (config: StepConfig | undefined, count: number | undefined): Making => ({
  model: config?.model ?? null,
  count: count ?? 1,
  resolution: config?.resolution ?? null,
  negativePrompt: config?.negative_prompt ?? '',
  seed: config?.seed ?? null,
  fallback: config?.fallback ? { max: config.fallback.max_unit_price_usd ?? null } : null,
});

const separator = '\n---\n';

interface RunSetup {
  inputs: Pick<Pipeline['inputs'], 'combine' | 'prompts'> & { images: readonly Omit<Pipeline['inputs']['images'][number], 'source_url'>[] };
  steps: readonly Pick<Pipeline['steps'][number], 'step_type' | 'config' | 'status'>[];
  mode: Pipeline['mode'];
  checkpoints: Pipeline['checkpoints'];
  budget_usd: Pipeline['budget_usd'];
}

/** A run's configuration as a draft again, to change and run anew. `nameOf` names its photos. */
export function draftFromPipeline(pipeline: RunSetup, nameOf: (assetId: number, index: number) => string): Draft {
  const step = (type: string) => pipeline.steps.find((candidate) => candidate.step_type === type && candidate.status !== 'skipped');
  const enhance = step('prompt_enhance');
  const image = step('i2i')?.config;
  const video = step('i2v')?.config;
  const images: DraftImage[] = pipeline.inputs.images.map(({ asset_id: id, url, thumbnail_url }, index) => ({ assetId: id, name: nameOf(id, index), url, thumbnailUrl: `${thumbnail_url}?w=512` }));
  const prompts = enhance?.config.input_prompts ?? image?.prompts ?? pipeline.inputs.prompts;
  return {
    ...emptyDraft,
    mode: image && video ? 'full' : video ? 'i2v' : 'i2i',
    images,
    prompt: (prompts.length > 0 ? prompts : (video?.motion_prompts ?? [])).join(separator),
    motion: image && video ? (video.motion_prompts ?? []).join(separator) : '',
    enhanceInRun: enhance !== undefined,
    variationsPerPrompt: enhance?.config.variations_per_prompt ?? emptyDraft.variationsPerPrompt,
    themeFocus: enhance?.config.theme_focus ?? null,
    combine: pipeline.inputs.combine,
    image: { ...toMaking(image, image?.images_per_prompt), ratio: image?.aspect_ratio ?? null, quality: image?.quality ?? null },
    set: fromSetMode(image?.set_mode),
    video: { ...toMaking(video, video?.videos_per_image), duration: video?.duration_sec ?? null, audio: video?.audio ?? false },
    run: pipeline.mode,
    pauseAfter: pipeline.mode === 'checkpoint' ? { prompt_enhance: pipeline.checkpoints.includes('prompt_enhance'), i2i: pipeline.checkpoints.includes('i2i') } : emptyDraft.pauseAfter,
    budget: pipeline.budget_usd,
  };
}
