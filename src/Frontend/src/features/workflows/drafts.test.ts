// @vitest-environment jsdom
import '@/testing/setup';
import { expect, it, vi } from 'vitest';
import { addDraft, followDraft, isKept, isReadable, loadDraft, readDraft, removeDraft, saveDraft } from './drafts';
import { emptyGraph, makeNode } from './graph/graph';

const graph = { ...emptyGraph, name: 'Mine', nodes: [makeNode('upload_images', 1, 2)] };

it('is there again after a reload, for its workspace only', () => {
  const id = addDraft(7, graph);
  expect(loadDraft(7, id)).toMatchObject({ graph });
  expect(loadDraft(8, id)).toBeNull();
  removeDraft(7, id);
  expect(loadDraft(7, id)).toBeNull();
});

it('hears what another tab does to it, and to nothing else', () => {
  const id = addDraft(7, graph);
  const heard = vi.fn();
  const stop = followDraft(7, id, heard);
  const key = `pipeline.workflow.7.${id}`;
  window.dispatchEvent(new StorageEvent('storage', { key: 'other', newValue: '{}' }));
  expect(heard).not.toHaveBeenCalled();
  window.dispatchEvent(new StorageEvent('storage', { key, newValue: (localStorage.getItem(key) ?? '').replace('Mine', 'Theirs') }));
  expect(heard.mock.calls[0]?.[0]).toMatchObject({ graph: { name: 'Theirs' } });
  stop();
});

it('says when the browser keeps nothing, and lasts as long as the page', () => {
  const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full');
  });
  const id = addDraft(7, graph);
  expect(isKept(7, id)).toBe(false);
  expect(loadDraft(7, id)).toMatchObject({ graph });
  full.mockRestore();
  expect(saveDraft(7, id, { graph, run: null, updatedAt: '' })).toBe(true);
  expect(isKept(7, id)).toBe(true);
});

it.each([
  ['not json', /cut off/], ['{}', /no workflow/], ['{"graph":{"format":"pipeline.workflow","version":9}}', /newer version/],
  ['{"graph":{"format":"pipeline.workflow","version":1,"nodes":[{"id":"b","kind":"blend"}]}}', /“blend”/],
])('says why %s cannot be read, and leaves it as it is', (stored, why) => {
  const draft = readDraft(stored);
  expect(isReadable(draft)).toBe(false);
  expect(draft).toMatchObject({ stored, why: expect.stringMatching(why) as string });
});

it('is none when nothing was stored', () => expect(readDraft(null)).toBeNull());
