import type { FeedEvent, Model, Output, Pipeline, Step } from '@/domain/api';
import { emptyDraft, type Draft } from '@/domain/draft/draft';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import type { OutputEntry, OutputIndexAnswer } from '@/domain/outputs/output-index';

export const aModel = (over: Partial<Model> = {}): Model => ({
  id: 'kling-image', name: 'Kling Image', vendor: 'Kling', kind: 'image', status: 'active', retired_at: null, successor: null, served_by: 'local', simulated: true,
  price: { unit: 'image', amount: 0.028, base_duration_sec: null, display: '$0.028 per image' },
  capabilities: { aspect_ratios: ['1:1', '9:16'], resolutions: [], qualities: [], durations_sec: [] },
  defaults: { aspect_ratio: '1:1' }, default: true, warnings: [], ...over,
});

export const aVideoModel = (over: Partial<Model> = {}): Model =>
  aModel({
    id: 'kling', name: 'Kling', kind: 'video', price: { unit: 'clip', amount: 0.35, base_duration_sec: 5, display: '$0.35 per 5 s' },
    capabilities: { aspect_ratios: [], resolutions: ['720p', '1080p'], qualities: [], durations_sec: [5, 10] }, defaults: { resolution: '1080p', duration_sec: 5 }, ...over,
  });

export const catalog = [aModel(), aVideoModel()];

export const aDraft = (over: Partial<Draft> = {}): Draft => ({ ...emptyDraft, images: [{ assetId: 12, name: 'a.png', url: '/assets/12/content', thumbnailUrl: '/assets/12/thumbnail' }], prompt: 'woman in red dress', ...over });

export const anOutput = (over: Partial<Output> = {}): Output => ({
  id: 1, item_id: 101, type: 'image', text: null, url: '/assets/50/content', thumbnail_url: '/assets/50/thumbnail', asset_id: 50, width: 640, height: 480, duration_sec: null, bytes: 1000,
  model: 'kling-image', prompt: 'red', variation: null, seed: 1, cost: 0.028, selected: true, rating: null, parent_output_id: null, created_at: '2026-11-24T10:00:00Z', ...over,
});

export const aStep = (over: Partial<Step> = {}): Step => ({
  id: 21, pipeline_id: 7, step_type: 'i2i', step_order: 1, config: { model: 'kling-image' }, status: 'running', inputs: { images: 1, prompts: 4 },
  progress: { total: 4, queued: 2, running: 1, succeeded: 1, failed: 0, cancelled: 0, pct: 25, eta_sec: 9 }, outputs: [], outputs_total: 1, cost_estimate: 0.112, cost_actual: 0.028, error: null, version: 3, ...over,
});

export const aPipeline = (over: Partial<Pipeline> = {}): Pipeline => ({
  id: 7, name: 'Red dress', status: 'running', status_reason: null, mode: 'auto', checkpoints: [], current_step: 21, inputs: { images: [{ asset_id: 12 }], prompts: ['red'] },
  cost_estimate: 0.112, cost_actual: 0.028, budget_usd: null, progress: { total: 4, succeeded: 1, failed: 0, running: 1, eta_sec: 9 }, version: 1,
  created_at: '2026-11-24T10:00:00Z', updated_at: '2026-11-24T10:00:00Z', started_at: '2026-11-24T10:00:00Z', finished_at: null, steps: [aStep()], ...over,
});

type Name = FeedEvent['event'];
export const anEvent = <N extends Name>(id: number, event: N, data: Extract<FeedEvent, { event: N }>['data']): FeedEvent => ({ id: String(id), at: '2026-11-24T10:00:00Z', event, data }) as FeedEvent;

export const anIndexAnswer = (ids: readonly number[], over: Partial<OutputIndexAnswer> = {}): OutputIndexAnswer => ({
  total: ids.length, models: ['kling-image'], providers: ['fal'], id: [...ids], item_id: ids.map((id) => id + 100), asset_id: ids.map((id) => id + 1000),
  width: ids.map(() => 640), height: ids.map(() => 480), duration_sec: ids.map(() => null), model: ids.map(() => 0), provider: ids.map(() => 0),
  simulated: ids.map(() => false), reused: ids.map(() => false), selected: ids.map(() => true), created_at: ids.map(() => 1_795_000_000), next_cursor: null, ...over,
});

export const anEntry = (over: Partial<OutputEntry> = {}): OutputEntry => ({
  id: 1, itemId: 101, assetId: 50, width: 640, height: 480, durationSec: null, model: 'kling-image', provider: 'fal', simulated: false, reused: false, selected: true, madeAt: 1_795_000_000_000, ...over,
});

export const anItem = (over: Partial<GalleryItem> = {}): GalleryItem => ({
  key: 'output-1', kind: 'image', url: '/assets/50/content', thumbnailUrl: '/assets/50/thumbnail', ratio: 1.5, name: 'image-1.jpg', assetId: 50, outputId: 1, itemId: 101, stepId: 21, pipelineId: 7,
  model: 'kling-image', provider: 'fal', insteadOf: null, prompt: 'red', simulated: false, reused: false, width: 640, height: 480, durationSec: null, bytes: 1000, madeAt: 1_795_000_000_000, ...over,
});
