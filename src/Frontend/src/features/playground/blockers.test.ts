import { describe, expect, it } from 'vitest';
import { aDraft, aVideoModel, catalog } from '@/testing/builders';
import { blockers } from './blockers';

const fields = (...args: Parameters<typeof blockers>) => blockers(...args).map((fault) => fault.field);

describe('what keeps a draft from running', () => {
  it('is nothing when it is whole', () => expect(blockers(aDraft(), catalog, 0)).toEqual([]));
  it('is told all at once', () => expect(fields(aDraft({ images: [], prompt: '' }), catalog, 0)).toEqual(['photos', 'prompt']));
  it('is a photo on its way', () => expect(blockers(aDraft(), catalog, 2)).toEqual([{ field: 'photos', message: 'Photos are still being added.' }]));
  it('is a list of variations with none kept', () => expect(blockers(aDraft({ variations: [{ id: 'a', text: 'x', kept: false }] }), catalog, 0)[0]?.message).toContain('Keep at least one'));
  it('is a prompt of 2,001 characters, and not one of 2,000', () => {
    expect(fields(aDraft({ prompt: 'x'.repeat(2001) }), catalog, 0)).toEqual(['prompt']);
    expect(fields(aDraft({ prompt: 'x'.repeat(2000) }), catalog, 0)).toEqual([]);
  });
  it('is an uneven pairing, but not with one on a side', () => {
    const two = [1, 2].map((assetId) => ({ assetId, name: '', url: '', thumbnailUrl: '' }));
    expect(fields(aDraft({ combine: 'paired', images: two, prompt: 'a\n---\nb\n---\nc' }), catalog, 0)).toEqual(['combine']);
    expect(fields(aDraft({ combine: 'paired', images: two, prompt: 'a' }), catalog, 0)).toEqual([]);
  });
  it('is a retired model, unless the demo renderer plays its part', () => {
    const retired = (simulated: boolean) => [...catalog.slice(0, 1), aVideoModel({ status: 'retired', simulated })];
    expect(fields(aDraft(), retired(false), 0)).toEqual(['video-model']);
    expect(fields(aDraft(), retired(true), 0)).toEqual([]);
    expect(fields(aDraft({ mode: 'i2i' }), retired(false), 0)).toEqual([]);
  });
});
