import { afterEach, describe, expect, it, vi } from 'vitest';
import { api } from '@/api/client';
import type { Pipeline } from '@/domain/api';
import { aPipeline, aStep, someInputs } from '@/testing/builders';
import { withAllPrompts } from './with-all-prompts';

const definition = { inputs: { images: [], prompts: ['one', 'two'] }, steps: [{ step_type: 'i2i', config: { model: 'kling-image', prompts: ['own'] } }] };

describe('withAllPrompts', () => {
  afterEach(() => vi.restoreAllMocks());

  it('asks for nothing when everything is shown', async () => {
    const get = vi.spyOn(api, 'get');
    const pipeline: Pipeline = aPipeline({ inputs: someInputs({ prompts: ['one'] }) });
    expect(await withAllPrompts(pipeline)).toBe(pipeline);
    expect(get).not.toHaveBeenCalled();
  });

  it('takes the lists of the definition when there is more', async () => {
    vi.spyOn(api, 'get').mockResolvedValue(definition);
    const whole = await withAllPrompts(aPipeline({ steps: [aStep({})], inputs: someInputs({ prompts: ['one'], prompts_total: 2 }) }));
    expect(whole.inputs.prompts).toEqual(['one', 'two']);
    expect(whole.steps[0]?.config).toEqual({ model: 'kling-image', prompts: ['own'] });
  });
});
