// @vitest-environment jsdom
import '@/testing/setup';
import { expect, it, vi } from 'vitest';
import { addDraft, followDraft, loadDraft, readDraft, removeDraft, saveDraft } from './drafts';
import { emptyGraph, makeNode } from './graph/graph';

const graph = { ...emptyGraph, name: 'Mine', nodes: [makeNode('upload_images', 1, 2)] };

it('is there again after a reload, for its workspace only', () => {
  const id = addDraft(7, graph);
  expect(loadDraft(7, id)?.graph).toEqual(graph);
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

it('says when the browser keeps nothing', () => {
  vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('full');
  });
  expect(saveDraft(7, 'x', { graph, run: null, updatedAt: '' })).toBe(false);
});

it.each([[null], ['not json'], ['{}'], ['{"graph":{"format":"pipeline.workflow","version":9}}']])('is none when %s was stored', (stored) => expect(readDraft(stored)).toBeNull());
