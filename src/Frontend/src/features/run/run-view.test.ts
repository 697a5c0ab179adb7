import { describe, expect, it } from 'vitest';
import { toEntries, wholeIndex, withNews } from '@/domain/outputs/output-index';
import { applyEvents, nothingYet } from '@/domain/progress/progress-reducer';
import { anEvent, anIndexAnswer, anOutput, aPipeline, aStep } from '@/testing/builders';
import { defaultFilter, nothingFetched, runViewer } from './run-view';

const viewRun = (...[pipeline, live, fetched = nothingFetched, ratio = null]: [Parameters<ReturnType<typeof runViewer>>[0], Parameters<ReturnType<typeof runViewer>>[1], Parameters<ReturnType<typeof runViewer>>[2]?, (number | null)?]) => runViewer()(pipeline, live, fetched, ratio);
const ready = (id: number, outputId: number) => anEvent(id, 'output_ready', { pipeline_id: 7, step_id: 21, output_id: outputId, output_url: '/assets/9/content', output_type: 'image', thumbnail_url: null });
const told = (outputs: number) => anEvent(90, 'step_progress', { pipeline_id: 7, step_id: 21, progress_pct: 50, outputs_so_far: outputs, total: 4, eta_sec: 3 });

describe('the view of a run', () => {
  it('shows an output as soon as it is announced, and once', () => {
    const live = applyEvents(nothingYet, [ready(1, 1), ready(2, 2)]);
    const [step] = viewRun(aPipeline(), live, { prompts: {}, indexes: { 21: wholeIndex(toEntries(anIndexAnswer([1]))) } }).steps;
    expect(step?.items.map((item) => item.outputId)).toEqual([1]);
    expect(step?.fresh.map((item) => item.outputId)).toEqual([2]);
  });

  it('shows the first outputs of the run itself until the index is there', () => {
    expect(viewRun(aPipeline({ steps: [aStep({ outputs: [anOutput({ id: 5 })] })] }), nothingYet).steps[0]?.items.map((item) => item.outputId)).toEqual([5]);
  });

  it('looks at nothing twice: of ten thousand outputs an event costs what it brings', () => {
    const look = runViewer();
    const index = wholeIndex(toEntries(anIndexAnswer(Array.from({ length: 10_000 }, (_, n) => n + 1))));
    let reads = 0;
    const watched = index.entries.map((entry) => new Proxy(entry, { get: (target, key, receiver) => ((reads += 1), Reflect.get(target, key, receiver) as unknown) }));
    const fetched = { prompts: {}, indexes: { 21: { ...index, entries: watched } } };
    const pipeline = aPipeline({ steps: [aStep({ progress: { total: 20_000, queued: 0, running: 0, succeeded: 10_000, failed: 0, cancelled: 0, pct: 50, eta_sec: null } })] });
    let live = nothingYet;
    const before = look(pipeline, live, fetched, null).steps[0];
    reads = 0;
    for (let n = 1; n <= 20; n += 1) {
      live = applyEvents(live, [ready(n, 10_000 + n)]);
      const step = look(pipeline, live, fetched, null).steps[0];
      expect(step?.items).toBe(before?.items);
      expect(step?.fresh).toHaveLength(n);
    }
    // The first entry's size, which is the shape of what is to come.
    expect(reads).toBeLessThanOrEqual(20 * 4);
    const more = withNews({ ...index, entries: watched }, toEntries(anIndexAnswer([10_001])));
    const after = look(pipeline, live, { prompts: {}, indexes: { 21: more } }, null).steps[0];
    expect(after?.items[77]).toBe(before?.items[77]);
    expect(after?.fresh).toHaveLength(19);
  });

  it('reserves places in the shape of the photo, and of the images for the videos', () => {
    const steps = [aStep({ id: 1, step_order: 1 }), aStep({ id: 2, step_type: 'i2v', step_order: 2, status: 'pending' })];
    expect(viewRun(aPipeline({ steps }), nothingYet, nothingFetched, 0.75).steps.map(({ ratio }) => ratio)).toEqual([0.75, 0.75]);
    expect(viewRun(aPipeline({ steps: [aStep({ id: 1, step_order: 1, config: { aspect_ratio: '9:16' } }), ...steps.slice(1)] }), nothingYet, nothingFetched, 0.75).steps.map(({ ratio }) => ratio)).toEqual([9 / 16, 9 / 16]);
  });

  it('believes the larger of what was fetched and what was told', () => {
    expect(viewRun(aPipeline(), applyEvents(nothingYet, [told(3)])).done).toBe(3);
    const further = aStep({ progress: { total: 4, queued: 0, running: 0, succeeded: 4, failed: 0, cancelled: 0, pct: 100, eta_sec: 0 } });
    expect(viewRun(aPipeline({ steps: [further] }), applyEvents(nothingYet, [told(3)])).done).toBe(4);
  });

  it('lets totals shrink when a step is over', () => {
    const over = aStep({ status: 'completed', progress: { total: 3, queued: 0, running: 0, succeeded: 3, failed: 0, cancelled: 0, pct: 100, eta_sec: null } });
    expect(viewRun(aPipeline({ steps: [over] }), applyEvents(nothingYet, [told(3)])).total).toBe(3);
  });

  it('leaves skipped steps out and keeps the order', () => {
    const steps = [aStep({ id: 3, step_type: 'i2v', step_order: 3, status: 'pending' }), aStep({ id: 2, step_order: 2 }), aStep({ id: 1, step_type: 'prompt_enhance', step_order: 1, status: 'skipped' })];
    expect(viewRun(aPipeline({ steps }), nothingYet).steps.map(({ step }) => step.id)).toEqual([2, 3]);
  });

  it('looks at the review when there is one, at the work while it goes on, and at everything after', () => {
    const images = aStep({ id: 2, step_type: 'i2i', step_order: 1, status: 'review' });
    const videos = aStep({ id: 3, step_type: 'i2v', step_order: 2, status: 'pending' });
    expect(defaultFilter(viewRun(aPipeline({ status: 'paused', steps: [images, videos] }), nothingYet))).toBe('i2i');
    expect(defaultFilter(viewRun(aPipeline({ steps: [{ ...images, status: 'completed' }, { ...videos, status: 'running' }] }), nothingYet))).toBe('i2v');
    expect(defaultFilter(viewRun(aPipeline({ status: 'completed', steps: [images, videos].map((step) => ({ ...step, status: 'completed' as const })) }), nothingYet))).toBe('all');
  });
});
