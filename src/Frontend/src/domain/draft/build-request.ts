import type { EstimateRequest, ImageConfig, Model, PipelineRequest, PromptEnhanceConfig, StepRequest, StepType, VideoConfig } from '@/domain/api';
import { durationsOf, nearestDuration, offered, pickModel, qualitiesOf, ratiosOf, resolutionsOf } from '@/domain/models/capabilities';
import { splitPrompts } from '@/domain/prompts/split-prompts';
import { makesImages, makesVideos, type Draft, type Fallback, type Making } from './draft';
import { toSetMode } from './photo-set';

/** What a photo set is told when nobody wrote a prompt: the variation says the rest. */
const promptOfSet = 'The same photo';

/** The prompts a run would start from: the kept variations when there are any, else what was typed. */
export function promptsOf(draft: Draft): string[] {
  if (draft.variations === null) {
    const written = splitPrompts(draft.prompt);
    return written.length === 0 && makesImages(draft) && toSetMode(draft.set) !== null ? [promptOfSet] : written;
  }
  return draft.variations.filter((variation) => variation.kept).map((variation) => variation.text.trim()).filter(Boolean);
}

/** Enhancing inside the run is for prompts as typed; variations were enhanced already. */
export const enhancesInRun = (draft: Draft) => draft.enhanceInRun && draft.variations === null;

const fallbackOf = (fallback: Fallback | null | undefined) => fallback && { fallback: fallback.max === null ? {} : { max_unit_price_usd: fallback.max } };

/** What both generators are told in the same words. What the model does not take is not asked for. */
function wishesOf({ resolution, negativePrompt, seed, fallback }: Making, model: Model | undefined) {
  const size = offered(resolution, resolutionsOf(model));
  const avoid = negativePrompt.trim();
  return { ...(size && { resolution: size }), ...(avoid && model?.capabilities.negative_prompt && { negative_prompt: avoid }), ...(seed !== null && { seed }), ...fallbackOf(fallback) };
}

export function imageConfig(draft: Draft, models: readonly Model[]): ImageConfig {
  const model = pickModel(models, 'image', draft.image.model);
  const ratio = offered(draft.image.ratio, ratiosOf(model));
  const quality = offered(draft.image.quality, qualitiesOf(model));
  const set = toSetMode(draft.set);
  return { ...(model && { model: model.id }), ...(set ? { set_mode: set } : { images_per_prompt: draft.image.count }), ...(ratio && { aspect_ratio: ratio }), ...(quality && { quality }), ...wishesOf(draft.image, model) };
}

export function videoConfig(draft: Draft, models: readonly Model[]): VideoConfig {
  const model = pickModel(models, 'video', draft.video.model);
  const duration = draft.video.duration === null ? null : nearestDuration(draft.video.duration, durationsOf(model));
  const motion = draft.mode === 'full' ? splitPrompts(draft.motion) : [];
  return {
    ...(model && { model: model.id }),
    videos_per_image: draft.video.count,
    ...(duration !== null && { duration_sec: duration }),
    ...(motion.length > 0 && { motion_prompts: motion }),
    ...(draft.video.audio && model?.capabilities.audio && { audio: true }),
    ...wishesOf(draft.video, model),
  };
}

/** What is asked of the server for a price and for a run. Null when there is nothing to price yet. */
export function buildEstimate(draft: Draft, models: readonly Model[]): EstimateRequest | null {
  const prompts = promptsOf(draft);
  if (draft.images.length === 0 || prompts.length === 0 || models.length === 0) return null;
  const enhance: PromptEnhanceConfig = {
    variations_per_prompt: draft.variationsPerPrompt,
    target_type: makesImages(draft) ? 'i2i' : 'i2v',
    ...(draft.themeFocus && { theme_focus: draft.themeFocus }),
  };
  const steps: StepRequest[] = [
    ...(enhancesInRun(draft) ? [{ step_type: 'prompt_enhance' as const, config: enhance }] : []),
    ...(makesImages(draft) ? [{ step_type: 'i2i' as const, config: imageConfig(draft, models) }] : []),
    ...(makesVideos(draft) ? [{ step_type: 'i2v' as const, config: videoConfig(draft, models) }] : []),
  ];
  const images = draft.images.map((image) => ({ asset_id: image.assetId }));
  return { inputs: { images, prompts, ...(draft.combine === 'paired' && { combine: 'paired' as const }) }, steps };
}

/** The steps after which a person may look. The last step is never one: nothing follows it. */
export function reviewableSteps(draft: Draft): ('prompt_enhance' | 'i2i')[] {
  return [...(enhancesInRun(draft) ? (['prompt_enhance'] as const) : []), ...(draft.mode === 'full' ? (['i2i'] as const) : [])];
}

export function checkpointsOf(draft: Draft): StepType[] {
  return draft.run === 'checkpoint' ? reviewableSteps(draft).filter((step) => draft.pauseAfter[step]) : [];
}

/** A name a person recognises in a list: the start of the first prompt. */
export function nameOf(draft: Draft): string {
  const first = splitPrompts(draft.prompt)[0] ?? (draft.set ? 'Photo set' : promptsOf(draft)[0]) ?? 'Untitled run';
  const line = first.replace(/\s+/g, ' ');
  if (line.length <= 48) return line;
  const cut = line.slice(0, 48);
  return `${cut.slice(0, cut.lastIndexOf(' ') > 24 ? cut.lastIndexOf(' ') : 48)}…`;
}

export function buildPipeline(draft: Draft, models: readonly Model[]): PipelineRequest | null {
  const estimate = buildEstimate(draft, models);
  if (estimate === null) return null;
  const checkpoints = checkpointsOf(draft);
  // Checkpoint mode with no checkpoint is automatic.
  const mode = draft.run === 'checkpoint' && checkpoints.length === 0 ? 'auto' : draft.run;
  return { name: nameOf(draft), mode, ...(checkpoints.length > 0 && { checkpoints }), ...estimate, ...(draft.budget !== null && { budget_usd: draft.budget }) };
}
