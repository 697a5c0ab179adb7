import { describe, expect, it } from 'vitest';
import { aDraft, aModel, aVideoModel, catalog } from '@/testing/builders';
import { buildEstimate, buildPipeline, nameOf } from './build-request';
import { draftFromPipeline } from './from-pipeline';

const photo = (assetId: number) => ({ assetId, name: `${assetId}.png`, url: '', thumbnailUrl: '' });

describe('a run made from the draft', () => {
  it('has an image step and a video step in the full pipeline', () => {
    expect(buildPipeline(aDraft({ image: { ...aDraft().image, model: 'kling-image', count: 2, ratio: '9:16' } }), catalog)).toEqual({
      name: 'woman in red dress',
      mode: 'auto',
      inputs: { images: [{ asset_id: 12 }], prompts: ['woman in red dress'] },
      steps: [
        { step_type: 'i2i', config: { model: 'kling-image', images_per_prompt: 2, aspect_ratio: '9:16' } },
        { step_type: 'i2v', config: { model: 'kling', videos_per_image: 1 } },
      ],
    });
  });

  it.each([['i2i', ['i2i']], ['i2v', ['i2v']], ['full', ['i2i', 'i2v']]] as const)('has in mode %s the steps %j', (mode, steps) =>
    expect(buildEstimate(aDraft({ mode }), catalog)?.steps.map((step) => step.step_type)).toEqual(steps));

  it('enhances first when asked, for the generator that follows', () => {
    const request = buildEstimate(aDraft({ mode: 'i2v', enhanceInRun: true, variationsPerPrompt: 3, themeFocus: 'poses' }), catalog);
    expect(request?.steps[0]).toEqual({ step_type: 'prompt_enhance', config: { variations_per_prompt: 3, target_type: 'i2v', theme_focus: 'poses' } });
  });

  it('starts from the kept variations and does not enhance them twice', () => {
    const variations = [{ id: 'a', text: 'one ', kept: true }, { id: 'b', text: 'two', kept: false }];
    const request = buildEstimate(aDraft({ enhanceInRun: true, variations }), catalog);
    expect(request?.inputs.prompts).toEqual(['one']);
    expect(request?.steps.map((step) => step.step_type)).toEqual(['i2i', 'i2v']);
  });

  it('leaves out what the chosen model does not offer', () => {
    const draft = aDraft({ image: { ...aDraft().image, ratio: '21:9', quality: 'high' }, video: { ...aDraft().video, resolution: '480p', duration: 7 } });
    const steps = buildEstimate(draft, catalog)?.steps;
    expect(steps?.[0]?.config).toEqual({ model: 'kling-image', images_per_prompt: 1 });
    expect(steps?.[1]?.config).toEqual({ model: 'kling', videos_per_image: 1, duration_sec: 5 });
  });

  it('asks for the resolution, the sound and the seed, and for what should not be there', () => {
    const models = [aModel({ capabilities: { resolutions: ['1K', '4K'], negative_prompt: true } }), aVideoModel({ capabilities: { resolutions: ['720p', '1080p'], negative_prompt: true, audio: true } })];
    const draft = aDraft({
      image: { ...aDraft().image, resolution: '4K', negativePrompt: ' text ', seed: 0 },
      video: { ...aDraft().video, resolution: '720p', negativePrompt: 'cuts', seed: 9, audio: true },
    });
    const steps = buildEstimate(draft, models)?.steps;
    expect(steps?.[0]?.config).toEqual({ model: 'kling-image', images_per_prompt: 1, resolution: '4K', negative_prompt: 'text', seed: 0 });
    expect(steps?.[1]?.config).toMatchObject({ resolution: '720p', negative_prompt: 'cuts', seed: 9, audio: true });
    expect(draftFromPipeline({ inputs: { images: [], prompts: ['a'], combine: 'all' }, steps: (steps ?? []).map((step) => ({ ...step, status: 'pending' as const })), mode: 'auto', checkpoints: [], budget_usd: null }, String)).toMatchObject({
      image: { ...draft.image, negativePrompt: 'text', model: 'kling-image' },
      video: { ...draft.video, model: 'kling', duration: null },
    });
  });

  it('asks a model without sound or negative prompts for neither', () => {
    const draft = aDraft({ image: { ...aDraft().image, resolution: '4K', negativePrompt: 'text' }, video: { ...aDraft().video, negativePrompt: 'cuts', audio: true } });
    const steps = buildEstimate(draft, catalog)?.steps;
    expect(steps?.[0]?.config).toEqual({ model: 'kling-image', images_per_prompt: 1 });
    expect(steps?.[1]?.config).toEqual({ model: 'kling', videos_per_image: 1 });
  });

  it('sends no length to a model that sells none', () => {
    const plain = aVideoModel({ capabilities: { durations_sec: [] } });
    expect(buildEstimate(aDraft({ mode: 'i2v', video: { ...aDraft().video, duration: 5 } }), [plain])?.steps[0]?.config).toEqual({ model: 'kling', videos_per_image: 1 });
  });

  it('stops only after steps it has', () => {
    const draft = aDraft({ run: 'checkpoint', enhanceInRun: false });
    expect(buildPipeline(draft, catalog)).toMatchObject({ mode: 'checkpoint', checkpoints: ['i2i'] });
    expect(buildPipeline({ ...draft, enhanceInRun: true }, catalog)).toMatchObject({ checkpoints: ['prompt_enhance', 'i2i'] });
  });

  it('is automatic when there is nowhere to stop', () => {
    const request = buildPipeline(aDraft({ mode: 'i2i', run: 'checkpoint' }), catalog);
    expect(request?.mode).toBe('auto');
    expect(request).not.toHaveProperty('checkpoints');
  });

  it('carries pairing, motion and the cap', () => {
    const draft = aDraft({ images: [photo(1), photo(2)], prompt: 'a\n---\nb', combine: 'paired', motion: 'push in', budget: 4.5 });
    const request = buildPipeline(draft, catalog);
    expect(request?.inputs.combine).toBe('paired');
    expect(request?.budget_usd).toBe(4.5);
    expect(request?.steps[1]?.config.motion_prompts).toEqual(['push in']);
  });

  it('does not exist before there is a photo and a prompt', () => {
    expect(buildEstimate(aDraft({ images: [] }), catalog)).toBeNull();
    expect(buildEstimate(aDraft({ prompt: ' ' }), catalog)).toBeNull();
    expect(buildEstimate(aDraft(), [])).toBeNull();
  });
});

it('names a run by the start of its first prompt, cut between words', () => {
  expect(nameOf(aDraft({ prompt: 'red\ndress\n---\nblue' }))).toBe('red dress');
  const long = nameOf(aDraft({ prompt: 'a woman in a flowing crimson evening gown walking through the rain' }));
  expect(long).toBe('a woman in a flowing crimson evening gown…');
});
