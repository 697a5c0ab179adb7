import { act, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Pipeline } from '@/domain/api';
import { nothingYet } from '@/domain/progress/progress-reducer';
import { aPipeline, aStep } from '@/testing/builders';
import { RunAnnouncer } from './run-announcer';
import { nothingFetched, runViewer } from './run-view';

const run = (succeeded: number, over: Partial<Pipeline> = {}, failed = 0) =>
  aPipeline({ progress: { total: 100, succeeded, failed, running: 1, eta_sec: 30 }, steps: [aStep({ progress: { total: 100, queued: 0, running: 1, succeeded, failed, cancelled: 0, pct: succeeded, eta_sec: 30 } })], ...over });
const announcer = (pipeline: Pipeline) => <RunAnnouncer pipeline={pipeline} view={runViewer()(pipeline, nothingYet, nothingFetched, null)} />;
const said = () => screen.getByRole('status').textContent;

describe('the announcements of a run', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());
  const wait = (ms: number) => act(() => vi.advanceTimersByTime(ms));

  it('say nothing when the page opens, and nothing with every output', () => {
    const { rerender } = render(announcer(run(1)));
    wait(60_000);
    expect(said()).toBe('');
    for (let n = 2; n < 25; n += 1) rerender(announcer(run(n)));
    wait(60_000);
    expect(said()).toBe('');
  });

  it('say every quarter how far it is, with what failed and the time left', () => {
    const { rerender } = render(announcer(run(1)));
    wait(20_000);
    rerender(announcer(run(26)));
    wait(0);
    expect(said()).toBe('Images: 26 of 100, 30 s left');
    rerender(announcer(run(51, {}, 2)));
    wait(1_000);
    expect(said()).toBe('Images: 26 of 100, 30 s left');
    wait(12_000);
    expect(said()).toBe('Images: 51 of 100, 2 failed, 30 s left');
  });

  it('say at once that it waits for a person or is over', () => {
    const { rerender } = render(announcer(run(40)));
    rerender(announcer(run(40, { status: 'paused', status_reason: 'budget' })));
    wait(0);
    expect(said()).toBe('Paused at the budget');
    rerender(announcer(run(98, { status: 'completed', status_reason: null }, 2)));
    wait(0);
    expect(said()).toBe('Done: 98 outputs of 100, 2 failed');
  });
});
