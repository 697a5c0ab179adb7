import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Patch } from './review-model';
import { ReviewStore, saveAfterMs } from './review-store';
import { aReviewEntry } from './testing';

describe('the set under review', () => {
  let sent: (readonly Patch[])[];
  let kept: readonly Patch[];
  let answer: () => Promise<number>;
  let failed: unknown[];
  let store: ReviewStore;

  beforeEach(() => {
    vi.useFakeTimers();
    [sent, kept, failed] = [[], [], []];
    answer = () => Promise.resolve(store.version + 1);
    store = new ReviewStore({
      save: (patches) => {
        sent.push(patches);
        return answer();
      },
      again: (error) => error === 'offline',
      refused: (error) => (Array.isArray(error) ? (error as number[]) : null),
      failed: (error) => failed.push(error),
      keep: (patches) => (kept = patches),
    });
    store.take([1, 2, 3].map((id) => aReviewEntry({ id, place: id })), 5);
  });
  afterEach(() => vi.useRealTimers());

  it('counts at once what is said, and saves many in one request a moment later', async () => {
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    store.judge('Rated', [{ id: 1, rating: 4 }]);
    store.judge('Rejected', [{ id: 2, verdict: 'reject' }]);
    expect(store.counts()).toMatchObject({ pick: 1, reject: 1, unset: 1 });
    expect(kept).toHaveLength(2);
    expect(sent).toEqual([]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent).toEqual([[{ id: 1, verdict: 'pick', rating: 4 }, { id: 2, verdict: 'reject' }]]);
    expect(store).toMatchObject({ saving: 'saved', version: 6 });
    expect(kept).toEqual([]);
  });

  it('says nothing of what is so already', () => {
    store.judge('Unset', [{ id: 1, verdict: 'unset' }]);
    expect(store.last()).toBeNull();
    expect(store.saving).toBe('saved');
  });

  it('takes back the last thing first, and saves that too', async () => {
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    store.judge('Rejected 2', [{ id: 2, verdict: 'reject' }, { id: 3, verdict: 'reject' }]);
    expect(store.undo()?.label).toBe('Rejected 2');
    expect(store.counts()).toMatchObject({ pick: 1, reject: 0 });
    expect(store.at()).toBe(2);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent[0]).toContainEqual({ id: 3, verdict: 'unset' });
  });

  it('keeps what cannot be saved for want of a server, and tries again', async () => {
    answer = () => Promise.reject('offline');
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(store.saving).toBe('offline');
    expect(kept).toHaveLength(1);
    await expect(store.flush()).rejects.toThrow('not saved');
    answer = () => Promise.resolve(6);
    await vi.advanceTimersByTimeAsync(3_000);
    expect(store.saving).toBe('saved');
    expect(store.get(1)?.verdict).toBe('pick');
  });

  it('gives up what the server refuses, shows how it is and says so', async () => {
    answer = () => Promise.reject('refused');
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(failed).toEqual(['refused']);
    expect(store.get(1)?.verdict).toBe('unset');
  });

  it('gives up only what is refused, and saves the rest', async () => {
    answer = () => (sent.length === 1 ? Promise.reject([0]) : Promise.resolve(6));
    store.judge('Picked', [{ id: 1, verdict: 'pick' }, { id: 2, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    await vi.advanceTimersByTimeAsync(1);
    expect(sent[1]).toEqual([{ id: 2, verdict: 'pick' }]);
    expect(store.get(1)?.verdict).toBe('unset');
    expect(store.get(2)?.verdict).toBe('pick');
  });

  it('leaves the verdict of what has gone on, and still takes a rating', () => {
    store.take([aReviewEntry({ id: 1, place: 1, verdict: 'pick', settled: true })], 5);
    store.judge('Rejected', [{ id: 1, verdict: 'reject' }]);
    expect(store.last()).toBeNull();
    store.judge('Rated', [{ id: 1, rating: 5 }]);
    expect(store.get(1)).toMatchObject({ verdict: 'pick', rating: 5 });
  });

  it('lays what is not saved over what comes from others', () => {
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    store.take([aReviewEntry({ id: 1, place: 1, rating: 2, verdict: 'reject' }), aReviewEntry({ id: 9, place: 1 })], 6);
    expect(store.get(1)).toMatchObject({ verdict: 'pick', rating: 2 });
    expect(store.ids()).toEqual([1, 9, 2, 3]);
  });

  it('gives each word its own time where it is bought then, and none waits for the ones behind it', async () => {
    store.takeBackMs = 10_000;
    store.judge('Picked 1', [{ id: 1, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(6_000);
    store.judge('Picked 2', [{ id: 2, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(4_000);
    expect(sent).toEqual([[{ id: 1, verdict: 'pick' }]]);
    expect(store.saving).toBe('waiting');
    store.judge('Rated 2', [{ id: 2, rating: 4 }]);
    await vi.advanceTimersByTimeAsync(6_000);
    expect(sent[1]).toEqual([{ id: 2, verdict: 'pick', rating: 4 }]);
  });

  it('saves at once there what buys nothing, but for the verdict that ends the review', async () => {
    store.takeBackMs = 10_000;
    store.judge('Rejected 1', [{ id: 1, verdict: 'reject' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent).toEqual([[{ id: 1, verdict: 'reject' }]]);
    store.judge('Rejected the rest', [{ id: 2, verdict: 'reject' }, { id: 3, verdict: 'reject' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent).toHaveLength(1);
    store.undo();
    store.judge('Picked 2', [{ id: 2, verdict: 'pick' }]);
    await store.flush();
    expect(sent[1]).toEqual([{ id: 2, verdict: 'pick' }, { id: 3, verdict: 'unset' }]);
  });

  it('says that what has gone on cannot be taken back, and sends nothing', async () => {
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    store.take([aReviewEntry({ id: 1, place: 1, verdict: 'pick', settled: true })], 6);
    expect(store.undo()).toEqual({ label: 'Picked', patches: [] });
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent).toHaveLength(1);
  });

  it('does not skip a version that somebody else made', async () => {
    answer = () => Promise.resolve(8);
    store.judge('Picked', [{ id: 1, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(store.version).toBe(5);
  });

  it('goes on with what a reload left unsaved', async () => {
    store.resume([{ id: 2, verdict: 'pick' }, { id: 77, verdict: 'pick' }]);
    await vi.advanceTimersByTimeAsync(saveAfterMs);
    expect(sent).toEqual([[{ id: 2, verdict: 'pick' }]]);
  });
});
