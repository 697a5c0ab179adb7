import { describe, expect, it } from 'vitest';
import type { PipelineStatus, PipelineSummary } from '@/domain/api';
import { aPipeline } from '@/testing/builders';
import { newsSince, statusesOf } from './run-news';

const after = (was: PipelineStatus, over: Partial<PipelineSummary>) => newsSince(new Map([[7, was]]), [aPipeline(over)]);
const failed = (count: number) => ({ total: 4, succeeded: 4 - count, failed: count, running: 0, eta_sec: null });

describe('news of a run', () => {
  it('is that it is done', () => expect(after('running', { status: 'completed', progress: failed(0) })).toEqual([{ id: 7, tone: 'good', title: '“Red dress” is done', retry: false }]));
  it('is that a part of it failed, which can be tried again', () => expect(after('running', { status: 'completed', progress: failed(1) })).toMatchObject([{ tone: 'bad', detail: '1 output failed, at no cost.', retry: true }]));
  it('is that it failed', () => expect(after('pending', { status: 'failed' })).toMatchObject([{ tone: 'bad', title: '“Red dress” failed', retry: true }]));
  it('is that it waits for a person', () => expect(after('running', { status: 'paused', status_reason: 'review' })).toMatchObject([{ tone: 'good', retry: false }]));
  it('is that it stopped at its budget', () => expect(after('running', { status: 'paused', status_reason: 'budget' })).toMatchObject([{ tone: 'bad', detail: 'Raise it to go on.' }]));
  it.each([
    ['it goes on', 'running', { status: 'running' }],
    ['a person paused it', 'running', { status: 'paused', status_reason: 'user' }],
    ['a person cancelled it', 'running', { status: 'cancelled' }],
    ['it was over before', 'completed', { status: 'completed' }],
  ] as const)('is none when %s', (_, was, over) => expect(after(was, over)).toEqual([]));
  it('is none of a run that was not seen before: the page has just opened', () => expect(newsSince(new Map(), [aPipeline({ status: 'completed' })])).toEqual([]));
});

it('remembers what each run was', () => expect(statusesOf([aPipeline({ id: 3, status: 'paused' })])).toEqual(new Map([[3, 'paused']])));
