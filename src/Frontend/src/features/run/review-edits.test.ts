import { describe, expect, it } from 'vitest';
import { anOutput, aStep } from '@/testing/builders';
import { noEdits, selectedCount, toStepEdits, whatFollows } from './review-edits';

const outputs = [anOutput({ id: 1, type: 'prompt', text: 'red' }), anOutput({ id: 2, type: 'prompt', text: 'blue' }), anOutput({ id: 3, type: 'prompt', text: 'green', selected: false })];

describe('the approval', () => {
  it('of an untouched review changes nothing', () => expect(toStepEdits(outputs, noEdits)).toEqual({}));

  it('says only what differs', () => {
    const edits = { texts: { 1: 'red dress', 2: 'blue' }, selected: { 2: false, 3: false }, added: ['  my own  ', ' '] };
    expect(toStepEdits(outputs, edits)).toEqual({ outputs: [{ id: 1, text: 'red dress' }, { id: 2, selected: false }], add: [{ text: 'my own' }] });
  });

  it('does not send a prompt that was emptied', () => expect(toStepEdits(outputs, { ...noEdits, texts: { 1: '  ' } })).toEqual({}));

  it('counts what goes on, with what was added', () => {
    expect(selectedCount(outputs, noEdits)).toBe(2);
    expect(selectedCount(outputs, { texts: {}, selected: { 1: false }, added: ['x', ''] })).toBe(2);
  });

  it('scales what follows with the choice', () => {
    const videos = aStep({ step_type: 'i2v', cost_estimate: 10.5, progress: { total: 30, queued: 0, running: 0, succeeded: 0, failed: 0, cancelled: 0, pct: 0, eta_sec: null } });
    expect(whatFollows(18, 30, [videos])).toEqual([{ stepType: 'i2v', count: 18, cost: expect.closeTo(6.3) as number }]);
    expect(whatFollows(0, 0, [videos])[0]?.count).toBe(0);
  });
});
