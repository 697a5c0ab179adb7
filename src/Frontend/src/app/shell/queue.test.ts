import { expect, it } from 'vitest';
import { aPipeline } from '@/testing/builders';
import { doneWords, leftWords, queueOf } from './queue';

const progress = (total: number, succeeded: number, eta_sec: number | null) => ({ total, succeeded, failed: 0, running: 0, eta_sec });

it('adds up what runs, and waits for the slowest', () => {
  const queue = queueOf([aPipeline({ id: 9, progress: progress(12, 2, 40) }), aPipeline({ id: 8, status: 'completed', progress: progress(50, 50, null) }), aPipeline({ id: 7, progress: progress(8, 1, 62) })]);
  expect(queue).toMatchObject({ runs: 2, first: 9, total: 20, done: 3 });
  expect(`${doneWords(queue)} · ${leftWords(queue)}`).toBe('3/20 done · about 1 min left');
});
it('says nothing of a time that nobody knows', () => expect(leftWords(queueOf([aPipeline({ progress: progress(4, 0, null) })]))).toBe(''));
it('leads nowhere when nothing runs', () => expect(queueOf([aPipeline({ status: 'paused' })])).toMatchObject({ runs: 0, first: null }));
