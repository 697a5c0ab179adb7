import { describe, expect, it } from 'vitest';
import { applyEvents, nothingYet } from '@/domain/progress/progress-reducer';
import { anEvent, anOutput, aPipeline, aStep } from '@/testing/builders';
import { defaultFilter, viewRun } from './run-view';

const ready = (id: number, outputId: number) => anEvent(id, 'output_ready', { pipeline_id: 7, step_id: 21, output_id: outputId, output_url: '/assets/9/content', output_type: 'image', thumbnail_url: null });
const told = (outputs: number) => anEvent(90, 'step_progress', { pipeline_id: 7, step_id: 21, progress_pct: 50, outputs_so_far: outputs, total: 4, eta_sec: 3 });

describe('the view of a run', () => {
  it('shows an output as soon as it is announced, and once', () => {
    const live = applyEvents(nothingYet, [ready(1, 1), ready(2, 2)]);
    const view = viewRun(aPipeline(), live, { 21: [anOutput({ id: 1 })] });
    expect(view.steps[0]?.items.map((item) => item.outputId)).toEqual([1, 2]);
  });

  it('believes the larger of what was fetched and what was told', () => {
    expect(viewRun(aPipeline(), applyEvents(nothingYet, [told(3)]), {}).done).toBe(3);
    const further = aStep({ progress: { total: 4, queued: 0, running: 0, succeeded: 4, failed: 0, cancelled: 0, pct: 100, eta_sec: 0 } });
    expect(viewRun(aPipeline({ steps: [further] }), applyEvents(nothingYet, [told(3)]), {}).done).toBe(4);
  });

  it('lets totals shrink when a step is over', () => {
    const over = aStep({ status: 'completed', progress: { total: 3, queued: 0, running: 0, succeeded: 3, failed: 0, cancelled: 0, pct: 100, eta_sec: null } });
    expect(viewRun(aPipeline({ steps: [over] }), applyEvents(nothingYet, [told(3)]), {}).total).toBe(3);
  });

  it('leaves skipped steps out and keeps the order', () => {
    const steps = [aStep({ id: 3, step_type: 'i2v', step_order: 3, status: 'pending' }), aStep({ id: 2, step_order: 2 }), aStep({ id: 1, step_type: 'prompt_enhance', step_order: 1, status: 'skipped' })];
    expect(viewRun(aPipeline({ steps }), nothingYet, {}).steps.map(({ step }) => step.id)).toEqual([2, 3]);
  });

  it('looks at the review when there is one, at the work while it goes on, and at everything after', () => {
    const images = aStep({ id: 2, step_type: 'i2i', step_order: 1, status: 'review' });
    const videos = aStep({ id: 3, step_type: 'i2v', step_order: 2, status: 'pending' });
    expect(defaultFilter(viewRun(aPipeline({ status: 'paused', steps: [images, videos] }), nothingYet, {}))).toBe('i2i');
    expect(defaultFilter(viewRun(aPipeline({ steps: [{ ...images, status: 'completed' }, { ...videos, status: 'running' }] }), nothingYet, {}))).toBe('i2v');
    expect(defaultFilter(viewRun(aPipeline({ status: 'completed', steps: [images, videos].map((step) => ({ ...step, status: 'completed' as const })) }), nothingYet, {}))).toBe('all');
  });
});
