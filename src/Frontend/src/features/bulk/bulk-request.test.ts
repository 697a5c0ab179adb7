import { describe, expect, it } from 'vitest';
import type { DryRun, Sheet } from '@/domain/api';
import { aModel, aVideoModel, catalog } from '@/testing/builders';
import { chainWords, commonOf, decodeText, faultsOf, guessSplit, inputsOf, levelsOf, motionsOf, payNow, picturesOf, promptsOf, sheetRequestOf, stepsOf, stopsOf } from './bulk-request';
import { emptyBulk, type BulkDraft } from './bulk-store';

const draft = (over: Partial<BulkDraft> = {}): BulkDraft => ({ ...emptyBulk, ...over });
const step = (step_type: 'prompt_enhance' | 'i2i' | 'i2v', outputs: number, unit: 'prompt' | 'image' | 'video', amount: number, then: unknown = null) => ({ step_type, outputs, unit, amount, unit_price: 0, model: null, then });
const dryRun = { tree: { images: 1, prompts: 1, then: step('prompt_enhance', 5, 'prompt', 0.005, step('i2i', 25, 'image', 0.7, step('i2v', 125, 'video', 43.75))) } } as unknown as DryRun;

describe('prompts of a text', () => {
  it('are lines or blocks, as it was meant', () => {
    expect(promptsOf('red\r\n\n  blue  \n', 'lines')).toEqual(['red', 'blue']);
    expect(promptsOf('red\nwith a hat\n---\nblue', 'blocks')).toEqual(['red\nwith a hat', 'blue']);
    expect([guessSplit('red\n---\nblue'), guessSplit('red -- blue\nwhite')]).toEqual(['blocks', 'lines']);
  });

  it('are read in the encoding they were saved in, and it is said when that was guessed', () => {
    const bytes = (...values: number[]) => new Uint8Array(values).buffer;
    expect(decodeText(bytes(0xef, 0xbb, 0xbf, 0xc3, 0xa9))).toEqual({ text: 'é', note: null });
    expect(decodeText(bytes(0xff, 0xfe, 0xe9, 0)).text).toBe('é');
    const old = decodeText(bytes(0x63, 0xe9));
    expect(old.text).toBe('cé');
    expect(old.note).toContain('Windows-1252');
  });
});

describe('the chain', () => {
  it('is written as the tree multiplies out', () => {
    expect(chainWords('1 photo', levelsOf(dryRun))).toBe('1 photo → 5 prompts → 25 images → 125 videos');
  });

  it('pays up to the first stop now', () => {
    const { now, later } = payNow(levelsOf(dryRun), ['i2i']);
    expect([now, later]).toEqual([0.705, 43.75]);
    expect(payNow(levelsOf(dryRun), []).later).toBe(0);
  });

  it('has the steps that were asked for and never stops after the last', () => {
    const steps = stepsOf(draft({ enhance: true, videos: true, imagesPerPrompt: 3, ratio: '9:16', duration: 7 }), catalog);
    expect(steps.map((one) => one.step_type)).toEqual(['prompt_enhance', 'i2i', 'i2v']);
    expect(steps[1]?.config).toEqual({ model: 'kling-image', images_per_prompt: 3, aspect_ratio: '9:16' });
    expect(steps[2]?.config).toMatchObject({ duration_sec: 5 });
    const models = [aModel({ capabilities: { resolutions: ['1K', '4K'], qualities: ['low', 'high'] } }), aVideoModel({ capabilities: { audio: true } })];
    const rich = draft({ videos: true, imageResolution: '4K', quality: 'low', audio: true });
    expect(stepsOf(rich, models).map((one) => one.config)).toMatchObject([{ resolution: '4K', quality: 'low' }, { audio: true }]);
    expect(stepsOf(rich, catalog).map((one) => one.config)).toEqual([{ model: 'kling-image', images_per_prompt: 1 }, { model: 'kling', videos_per_image: 1 }]);
    expect(stopsOf(draft({ run: 'checkpoint', checkpoints: ['i2i', 'i2v'] }), steps)).toEqual(['i2i']);
    expect(commonOf(draft({ run: 'checkpoint', checkpoints: ['i2v'] }), steps, true)).toMatchObject({ mode: 'auto', simulate: true });
  });

  it('asks nothing before there is something to multiply', () => {
    expect(inputsOf([], ['red'], 'all')).toBeNull();
    expect(inputsOf([{ assetId: 12 }], ['red'], 'paired')).toEqual({ images: [{ asset_id: 12 }], prompts: ['red'], combine: 'paired' });
    expect(sheetRequestOf(draft(), stepsOf(draft(), catalog), [], false).pipeline).not.toHaveProperty('name');
  });

  it('says which photo of the page a name means, and of two with one name neither', () => {
    expect(picturesOf([{ assetId: 1, name: 'Dress.jpg' }, { assetId: 2, name: 'coat.jpg' }, { assetId: 3, name: 'COAT.jpg' }, { assetId: 1, name: 'dress.jpg' }])).toEqual({ 'dress.jpg': 1 });
  });

  it('moves videos of images only, one motion a line or parted by dashes', () => {
    expect(motionsOf({ motion: 'push in\npan left', images: true })).toEqual(['push in', 'pan left']);
    expect(motionsOf({ motion: 'push in\nslowly\n---\npan left', images: true })).toEqual(['push in\nslowly', 'pan left']);
    expect(motionsOf({ motion: 'push in', images: false })).toEqual([]);
    expect(commonOf(draft({ run: 'manual', rolling: true }), [], false)).not.toHaveProperty('review');
  });
});

describe('what is in the way', () => {
  const sheet = (over: Partial<Sheet>) => ({ mapping: { image: 'Photo', prompt: 'Prompt' }, rows_good: 4, rows_bad: 0, ...over }) as Sheet;

  it('is all told at once', () => {
    expect(faultsOf(draft({ images: false }), catalog, 0, 0, [], undefined).map((fault) => fault.at)).toEqual(['photos', 'prompts', 'chain']);
    expect(faultsOf(draft({ combine: 'paired' }), catalog, 3, 0, ['a', 'b'], undefined)[0]?.message).toContain('2 prompts and 3 photos');
  });

  it('knows of bad rows until they are left out', () => {
    const bad = sheet({ rows_bad: 1 });
    expect(faultsOf(draft({ source: 'sheet' }), catalog, 0, 0, [], bad)[0]?.message).toContain('1 row cannot run');
    expect(faultsOf(draft({ source: 'sheet', leaveOut: true }), catalog, 0, 0, [], bad)).toEqual([]);
    expect(faultsOf(draft({ source: 'sheet' }), catalog, 0, 0, [], sheet({ mapping: { prompt: 'Prompt' } as Sheet['mapping'] }))[0]?.message).toContain('holds the pictures');
    expect(faultsOf(draft({ source: 'sheet' }), catalog, 0, 0, [], sheet({ mapping: { image: 'Photo' } as Sheet['mapping'], rows_good: 0 }))[0]?.message).toContain('holds the prompts');
  });
});
