import { describe, expect, it } from 'vitest';
import { timelineWords } from './timeline-words';

const at = '2026-11-24T10:00:00Z';

describe('the words of a timeline', () => {
  it('say what happened and how bad it is', () => {
    expect(timelineWords({ at, what: 'status', status: 'paused' })).toEqual({ text: 'Paused', detail: null, tone: 'warn' });
    expect(timelineWords({ at, what: 'step_started', step_type: 'i2v', step_id: 1 }).text).toBe('Videos begun');
    expect(timelineWords({ at, what: 'step_finished', step_type: 'i2i', step_id: 1, status: 'failed', message: 'All failed.' })).toEqual({ text: 'Images failed', detail: 'All failed.', tone: 'bad' });
    expect(timelineWords({ at, what: 'failures', step_type: 'i2i', step_id: 1, items: 1200, message: 'Refused.' })).toMatchObject({ text: 'Images: 1,200 failed', detail: 'Refused.' });
  });
});
