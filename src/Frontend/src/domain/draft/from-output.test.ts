// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Lineage, LineageNode } from '@/domain/api';
import { aLineageNode, aStep } from '@/testing/builders';
import { draftFromOutput, runOf } from './from-output';

const node = aLineageNode;
const photo = node({ kind: 'source', asset_id: 9, name: 'me.png', url: '/assets/9/content', pipeline_id: null, pipeline_name: null });
const image = node({ asset_id: 12, output_id: 3, prompt: 'a red dress, flowing', model: 'nano', from_asset_id: 9, seed: 5 });
const video = node({ kind: 'video', asset_id: 13, output_id: 4, prompt: 'slow push in', model: 'wan', from_asset_id: 12 });
const lineage = (...chain: LineageNode[]): Lineage => ({ asset_id: chain.at(-1)?.asset_id ?? 0, chain, made: [], made_total: 0, cost: 0 });
const run = {
  id: 7, mode: 'auto' as const, checkpoints: [], budget_usd: 5, inputs: { images: [], prompts: ['red', 'blue'], combine: 'all' as const, images_total: 3, prompts_total: 2 },
  steps: [
    aStep({ step_type: 'i2i', config: { ...aStep().config, model: 'kling-image', images_per_prompt: 4 } }),
    aStep({ id: 22, step_type: 'i2v', config: { ...aStep().config, model: 'kling', videos_per_image: 2, duration_sec: 10 } }),
  ],
};

describe('recalling an output', () => {
  it('takes its own photo and words and the settings of its run', () => {
    const { draft, missing } = draftFromOutput(lineage(photo, node({ kind: 'prompt', text: 'red' }), node({ kind: 'enhanced_prompt', text: 'a red dress, flowing' }), image, video), run);
    expect(draft).toMatchObject({ mode: 'full', images: [{ assetId: 9, name: 'me.png' }], prompt: 'a red dress, flowing', motion: 'slow push in', image: { model: 'nano', count: 4, seed: 5 }, video: { model: 'wan', count: 2, duration: 10, seed: null }, budget: 5, enhanceInRun: false });
    expect(missing).toEqual([]);
  });

  it('takes the picture of another run where that was its photo', () => {
    const other = node({ asset_id: 40, output_id: 1, name: 'image-5-001.jpg', pipeline_id: 5, pipeline_name: 'First' });
    expect(draftFromOutput(lineage(photo, other, { ...image, from_asset_id: 40 }), run).draft.images).toMatchObject([{ assetId: 40 }]);
  });

  it('says that the photo is in the trash, or gone, and keeps the rest', () => {
    expect(draftFromOutput(lineage({ ...photo, state: 'trashed' }, image), run)).toMatchObject({ draft: { images: [], prompt: 'a red dress, flowing' }, missing: ['Its photo is in the trash.'] });
    expect(draftFromOutput(lineage({ ...photo, state: 'removed' }, image), run).missing).toEqual(['Its photo is not there any more.']);
  });

  it('is not offered for photos, nor when the run was deleted', () => {
    expect(runOf(lineage(photo))).toBeNull();
    expect(runOf(lineage(photo, { ...image, pipeline_name: null }))).toBeNull();
    expect(runOf(lineage(photo, image))).toBe(7);
  });
});
