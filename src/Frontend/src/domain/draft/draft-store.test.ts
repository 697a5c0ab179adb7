// @vitest-environment jsdom
import '@/testing/setup';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { aDraft } from '@/testing/builders';
import { draftKey, emptyDraft } from './draft';

const load = async () => {
  vi.resetModules();
  return (await import('./draft-store')).draftStore;
};
const mine = aDraft({ prompt: 'mine' });
const other = aDraft({ prompt: 'other' });

describe('a draft that is set aside', () => {
  beforeEach(() => localStorage.clear());

  it('comes back', async () => {
    const store = await load();
    store.set(() => mine);
    store.setAside(other);
    expect(store.get().prompt).toBe('other');
    store.putBack(true);
    expect(store.get()).toEqual(mine);
  });
  it('leaves what was made meanwhile where it was empty, when that is wanted', async () => {
    const store = await load();
    store.setAside(other);
    store.putBack(true);
    expect(store.get()).toEqual(other);
    store.clear();
    store.setAside(other);
    store.putBack(false);
    expect(store.get()).toEqual(emptyDraft);
  });
  it('comes back by itself with the next load, and stays at the one after', async () => {
    const store = await load();
    store.set(() => mine);
    store.setAside(other);
    expect((await load()).get()).toEqual(mine);
    expect((await load()).get()).toEqual(mine);
  });
  it('is gone with everything else when the draft is cleared', async () => {
    const store = await load();
    store.set(() => mine);
    store.setAside(other);
    store.clear();
    expect((await load()).get()).toEqual(emptyDraft);
  });
  it('was not there: then nothing comes back', async () => {
    const store = await load();
    store.set(() => mine);
    store.putBack(false);
    expect(store.get()).toEqual(mine);
  });
});

it('follows another tab', async () => {
  const store = await load();
  store.set(() => mine);
  window.dispatchEvent(new StorageEvent('storage', { key: draftKey, newValue: JSON.stringify(other) }));
  expect(store.get()).toEqual(other);
  window.dispatchEvent(new StorageEvent('storage', { key: 'something', newValue: '{}' }));
  expect(store.get()).toEqual(other);
});
