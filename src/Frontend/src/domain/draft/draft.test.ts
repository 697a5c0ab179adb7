import { expect, it } from 'vitest';
import { aDraft, aPipeline, aStep, someInputs } from '@/testing/builders';
import { emptyDraft, readDraft } from './draft';
import { draftFromPipeline } from './from-pipeline';

it('comes back whole after a reload', () => {
  const draft = aDraft({ mode: 'i2v', budget: 12, variations: [{ id: 'a', text: 'red', kept: false }] });
  expect(readDraft(JSON.stringify(draft))).toEqual(draft);
});

it.each([[null], ['not json'], ['{}'], ['{"prompt":3}'], ['null']])('is empty when %s was stored', (stored) => expect(readDraft(stored)).toEqual(emptyDraft));

it('fills in what an older draft did not have', () => expect(readDraft('{"prompt":"red","images":[],"video":{"count":3}}')).toMatchObject({ prompt: 'red', run: 'auto', video: { count: 3, model: null } }));

it('can be had from a run again', () => {
  const pipeline = aPipeline({
    mode: 'checkpoint', checkpoints: ['i2i'], inputs: someInputs({ prompts: ['one', 'two'] }),
    steps: [
      aStep({ step_type: 'prompt_enhance', config: { variations_per_prompt: 3, theme_focus: 'outfits' } }),
      aStep({ step_type: 'i2i', config: { model: 'kling-image', images_per_prompt: 2, aspect_ratio: '9:16' } }),
      aStep({ step_type: 'i2v', config: { model: 'kling', videos_per_image: 1, duration_sec: 10, motion_prompts: ['push in'] } }),
    ],
  });
  expect(draftFromPipeline(pipeline, () => 'a.png')).toMatchObject({
    mode: 'full', prompt: 'one\n---\ntwo', motion: 'push in', enhanceInRun: true, variationsPerPrompt: 3, themeFocus: 'outfits', run: 'checkpoint', pauseAfter: { prompt_enhance: false, i2i: true },
    images: [{ assetId: 12, name: 'a.png' }], image: { model: 'kling-image', count: 2, ratio: '9:16' }, video: { model: 'kling', duration: 10 },
  });
});
