import type { Asset, Capabilities, FeedEvent, LineageNode, Model, Output, Pipeline, PipelineInputs, PipelineSummary, Step } from '@/domain/api';
import { emptyDraft, type Draft } from '@/domain/draft/draft';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import type { OutputEntry, OutputIndexAnswer } from '@/domain/outputs/output-index';

type Parts = 'price' | 'capabilities' | 'defaults';
type ModelParts = Partial<Omit<Model, Parts>> & { [Part in Parts]?: Partial<Model[Part]> };

const noCapabilities: Capabilities = {
  aspect_ratios: [], aspect_map: {}, resolutions: [], qualities: [], durations_sec: [], prompt_max_chars: null, typical_latency_sec: 0, seed: true, negative_prompt: false, audio: false,
};
const noDefaults: Model['defaults'] = { aspect_ratio: null, resolution: null, duration_sec: null, quality: null };
const listPrice: Model['price'] = {
  unit: 'image', amount: 0.028, base_duration_sec: null, display: '$0.028 per image', as_of: null, source: null, note: null, by_resolution: null, by_quality_size: null, per_second: null,
  per_clip: null, per_clip_by_duration: null, resolution_multiplier: null, duration_multiplier: null,
};

/** What is left out of capabilities and defaults, a model does not have. */
export const aModel = ({ price, capabilities = { aspect_ratios: ['1:1', '9:16'] }, defaults = { aspect_ratio: '1:1' }, ...over }: ModelParts = {}): Model => ({
  id: 'kling-image', name: 'Kling Image', vendor: 'Kling', kind: 'image', status: 'active', retired_at: null, successor: null, served_by: 'local', simulated: true,
  price: { ...listPrice, ...price }, capabilities: { ...noCapabilities, ...capabilities }, defaults: { ...noDefaults, ...defaults }, default: true, warnings: [], ...over,
});

export const aVideoModel = (over: ModelParts = {}): Model =>
  aModel({
    id: 'kling', name: 'Kling', kind: 'video', price: { unit: 'clip', amount: 0.35, base_duration_sec: 5, display: '$0.35 per 5 s' },
    capabilities: { resolutions: ['720p', '1080p'], durations_sec: [5, 10] }, defaults: { resolution: '1080p', duration_sec: 5 }, ...over,
  });

export const catalog = [aModel(), aVideoModel()];

export const aDraft = (over: Partial<Draft> = {}): Draft => ({ ...emptyDraft, images: [{ assetId: 12, name: 'a.png', url: '/assets/12/content', thumbnailUrl: '/assets/12/thumbnail' }], prompt: 'woman in red dress', ...over });

export const anOutput = (over: Partial<Output> = {}): Output => ({
  id: 1, item_id: 101, type: 'image', text: null, url: '/assets/50/content', thumbnail_url: '/assets/50/thumbnail', asset_id: 50, width: 640, height: 480, duration_sec: null, bytes: 1000,
  model: 'kling-image', prompt: 'red', variation: null, seed: 1, cost: 0.028, selected: true, verdict: 'unset', rating: null, parent_output_id: null, image_index: 0, prompt_index: 0, provider: 'fal', simulated: false, reused: false,
  created_at: '2026-11-24T10:00:00Z', ...over,
});

export const aStep = (over: Partial<Step> = {}): Step => ({
  id: 21, pipeline_id: 7, step_type: 'i2i', step_order: 1, config: { model: 'kling-image' }, resolved: { model: 'kling-image', audio: false }, provider: 'fal', simulated: false, status: 'running',
  inputs: { images: 1, prompts: 4 }, progress: { total: 4, queued: 2, running: 1, succeeded: 1, failed: 0, cancelled: 0, pct: 25, eta_sec: 9 }, queue: null, outputs: [], outputs_total: 1,
  unit_price: 0.028, cost_estimate: 0.112, cost_actual: 0.028, error: null, version: 3, created_at: '2026-11-24T10:00:00Z', updated_at: '2026-11-24T10:00:00Z', started_at: '2026-11-24T10:00:00Z',
  finished_at: null, fallbacks: null, ...over,
});

const picture: PipelineInputs['images'][number] = { asset_id: 12, url: '/assets/12/content', thumbnail_url: '/assets/12/thumbnail', source_url: null };

export const someInputs = ({ images = [picture], prompts = ['red'], ...over }: Partial<PipelineInputs> = {}): PipelineInputs =>
  ({ images, prompts, combine: 'all', images_total: images.length, prompts_total: prompts.length, ...over });

/** With what only a list says of it. */
type ListedPipeline = Pipeline & Pick<PipelineSummary, 'duration_sec' | 'success_rate' | 'simulated'>;

export const aPipeline = (over: Partial<ListedPipeline> = {}): ListedPipeline => ({
  id: 7, name: 'Red dress', status: 'running', status_reason: null, pause_requested: false, mode: 'auto', checkpoints: [], review: 'gathered', inputs: someInputs(), current_step: 21, steps: [aStep()],
  cost_estimate: 0.112, cost_actual: 0.028, budget_usd: null, currency: 'USD', on_item_failure: 'continue', reuse: false, simulate: false, simulated: false, duration_sec: null, success_rate: null, webhook_url: null, tags: [], run_group_id: null,
  progress: { total: 4, succeeded: 1, failed: 0, running: 1, eta_sec: 9 }, queue: null, warnings: [], version: 1, created_at: '2026-11-24T10:00:00Z', updated_at: '2026-11-24T10:00:00Z',
  started_at: '2026-11-24T10:00:00Z', finished_at: null, ...over,
});

type Name = FeedEvent['event'];
export const anEvent = <N extends Name>(id: number, event: N, data: Extract<FeedEvent, { event: N }>['data']): FeedEvent => ({ id: String(id), at: '2026-11-24T10:00:00Z', event, data }) as FeedEvent;

export const anIndexAnswer = (ids: readonly number[], over: Partial<OutputIndexAnswer> = {}): OutputIndexAnswer => ({
  total: ids.length, models: ['kling-image'], providers: ['fal'], id: [...ids], item_id: ids.map((id) => id + 100), asset_id: ids.map((id) => id + 1000),
  width: ids.map(() => 640), height: ids.map(() => 480), duration_sec: ids.map(() => null), model: ids.map(() => 0), provider: ids.map(() => 0),
  simulated: ids.map(() => false), reused: ids.map(() => false), selected: ids.map(() => true),
  verdict: ids.map(() => 'unset' as const), rating: ids.map(() => null), image_index: ids.map(() => 0), place: ids.map((_, at) => at), redone: ids.map(() => false), settled: ids.map(() => false), prompts: null, prompt: null,
  created_at: ids.map(() => 1_795_000_000), next_cursor: null, ...over,
});

export const anEntry = (over: Partial<OutputEntry> = {}): OutputEntry => ({
  id: 1, itemId: 101, assetId: 50, width: 640, height: 480, durationSec: null, model: 'kling-image', provider: 'fal', simulated: false, reused: false, selected: true, madeAt: 1_795_000_000_000, ...over,
});

export const anItem = (over: Partial<GalleryItem> = {}): GalleryItem => ({
  key: 'output-1', kind: 'image', url: '/assets/50/content', thumbnailUrl: '/assets/50/thumbnail', ratio: 1.5, name: 'image-1.jpg', assetId: 50, outputId: 1, itemId: 101, stepId: 21, pipelineId: 7,
  model: 'kling-image', provider: 'fal', insteadOf: null, prompt: 'red', simulated: false, reused: false, width: 640, height: 480, durationSec: null, bytes: 1000, madeAt: 1_795_000_000_000, ...over,
});

export const anAsset = (over: Partial<Asset> = {}): Asset => ({
  id: 1, type: 'image', source: 'generated', model: 'kling-image', prompt: 'red', name: 'image-1.jpg', content_type: 'image/jpeg', width: 640, height: 480, duration_sec: null, bytes: 1000, sha256: '', simulated: true,
  url: `/assets/${over.id ?? 1}/content`, thumbnail_url: `/assets/${over.id ?? 1}/thumbnail`, pipeline_id: 7, output_id: over.id ?? 1, cost: 0.028, rating: null, starred: false, tags: [], collections: [],
  created_at: '2026-11-24T10:00:00Z', deleted_at: null, ...over,
});

export const aLineageNode = (over: Partial<LineageNode> = {}): LineageNode => ({
  kind: 'image', asset_id: null, output_id: null, from_asset_id: null, name: null, text: null, prompt: null, thumbnail_url: null, url: null, width: null, height: null, duration_sec: null, state: 'there',
  pipeline_id: 7, pipeline_name: 'Launch', step_id: 3, model: null, provider: null, instead_of: null, simulated: false, reused: false, parameters: null, variation: null, seed: null, cost: 0, making: null,
  created_at: null, ...over,
});
