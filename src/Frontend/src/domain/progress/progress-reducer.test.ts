import { describe, expect, it } from 'vitest';
import type { FeedEvent } from '@/domain/api';
import { anEvent } from '@/testing/builders';
import { applyEvent, applyEvents, nothingYet, reconcile } from './progress-reducer';

const progress = (id: number, pct: number, outputs: number) => anEvent(id, 'step_progress', { pipeline_id: 7, step_id: 21, progress_pct: pct, outputs_so_far: outputs, total: 4, eta_sec: 8 });
const output = (id: number, outputId: number) => anEvent(id, 'output_ready', { pipeline_id: 7, step_id: 21, output_id: outputId, output_url: `/assets/${outputId}/content`, output_type: 'image', thumbnail_url: null });
const failure = (id: number, itemId: number, message: string) => anEvent(id, 'error', { pipeline_id: 7, step_id: 21, item_id: itemId, error_message: message, retryable: true });

describe('the progress reducer', () => {
  it('lays progress, outputs and cost side by side', () => {
    const state = applyEvents(nothingYet, [progress(1, 25, 1), output(2, 50), anEvent(3, 'cost_update', { pipeline_id: 7, cost_actual: 0.028 }), anEvent(4, 'pipeline_status', { id: 7, status: 'running', current_step: 21 })]);
    expect(state.steps[21]).toEqual({ pct: 25, outputs: 1, total: 4, etaSec: 8 });
    expect(state.outputs[21]?.map(({ id }) => id)).toEqual([50]);
    expect(state).toMatchObject({ cost: 0.028, status: 'running', currentStep: 21, lastId: 4 });
  });

  it('drops repeated and late events', () => {
    const state = applyEvents(nothingYet, [progress(5, 50, 2), output(6, 50)]);
    expect(applyEvent(state, progress(5, 50, 2))).toBe(state);
    expect(applyEvent(state, progress(3, 25, 1))).toBe(state);
    expect(applyEvents(state, [output(6, 50), progress(4, 10, 1)])).toBe(state);
  });

  it('compares positions as numbers, not as text', () => {
    const state = applyEvents(nothingYet, [progress(9, 50, 2), progress(10, 75, 3)]);
    expect(state.steps[21]?.outputs).toBe(3);
  });

  it('holds an output once, however often it is announced', () => {
    const state = applyEvents(nothingYet, [output(1, 50), output(2, 50), output(3, 51)]);
    expect(state.outputs[21]?.map(({ id }) => id)).toEqual([50, 51]);
  });

  it('keeps an event it does not know as a position only', () => {
    const unknown = { id: '8', at: '', event: 'rating_changed', data: {} } as unknown as FeedEvent;
    expect(applyEvent(nothingYet, unknown)).toEqual({ ...nothingYet, lastId: 8 });
  });

  it('never shows less spent than before', () => {
    const cost = (id: number, amount: number) => anEvent(id, 'cost_update', { pipeline_id: 7, cost_actual: amount });
    expect(applyEvents(nothingYet, [cost(1, 0.5), cost(2, 0.4)]).cost).toBe(0.5);
  });

  it('keeps the newest failure of an item', () => {
    const state = applyEvents(nothingYet, [failure(1, 9, 'timed out'), failure(2, 9, 'refused'), failure(3, 10, 'refused')]);
    expect(state.failures.map(({ itemId, message }) => [itemId, message])).toEqual([[9, 'refused'], [10, 'refused']]);
  });

  it('lets a retry reopen a run that had failed', () => {
    const status = (id: number, value: 'failed' | 'running') => anEvent(id, 'pipeline_status', { id: 7, status: value, current_step: 21 });
    expect(applyEvents(nothingYet, [status(1, 'failed'), status(2, 'running')]).status).toBe('running');
  });

  it('forgets what an answer now describes, and only that', () => {
    const state = applyEvents(nothingYet, [output(1, 50), output(2, 51)]);
    expect(reconcile(state, new Set([50])).outputs[21]?.map(({ id }) => id)).toEqual([51]);
    expect(reconcile(state, new Set([99]))).toBe(state);
  });

  it('ends in the same state when what later events of a frame overtake was left out of it', () => {
    const cost = (id: number) => anEvent(id, 'cost_update', { pipeline_id: 7, cost_actual: id / 100 });
    const all = [progress(1, 10, 1), output(2, 50), cost(3), failure(4, 9, 'refused'), progress(5, 20, 2), output(6, 51), cost(7), progress(8, 30, 3)];
    const left = all.filter(({ id }) => !['1', '3', '5'].includes(id));
    expect(applyEvents(nothingYet, left)).toEqual(applyEvents(nothingYet, all));
  });

  it('ends in the same state however the feed is cut into frames', () => {
    const events = Array.from({ length: 60 }, (_, n) => (n % 3 === 0 ? output(n + 1, 100 + n) : n % 3 === 1 ? progress(n + 1, n, n) : failure(n + 1, n % 7, `reason ${n}`)));
    const whole = applyEvents(nothingYet, events);
    for (let cut = 0; cut <= events.length; cut += 7) {
      // A reconnect replays some of what was seen.
      const replayed = [...events.slice(0, cut), ...events.slice(Math.max(0, cut - 5))];
      expect(applyEvents(nothingYet, replayed)).toEqual(whole);
    }
  });
});
