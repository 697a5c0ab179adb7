import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedEvent, Output, Pipeline, StepEdits } from '@/domain/api';
import { anEvent, anIndexAnswer, anOutput, aPipeline, aStep } from '@/testing/builders';
import type { OutputIndexAnswer } from '@/domain/outputs/output-index';
import { draftStore } from '@/domain/draft/draft-store';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { withSize } from '@/testing/sized';
import { RunPage } from './run-page';

const server = testServer();
const failures = {
  data: [{ step_id: 21, step_type: 'i2i', code: 'refused', message: 'The safety filter stopped it.', retryable: true, may_have_been_bought: false, items: 1, outputs: 1, sample_item_id: 1, last_at: null, retry_amount: 0.028, retry_amount_display: '$0.03' }],
  items: 1, may_have_been_bought: 0, currency: 'USD', retry_total: 0.028, retry_total_display: '$0.03',
};
const progressOf = (total: number, succeeded: number) => ({ total, queued: 0, running: 0, succeeded, failed: 0, cancelled: 0, pct: 100, eta_sec: null });

class FakeSocket {
  static last: FakeSocket | undefined;
  onopen: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;
  constructor() {
    FakeSocket.last = this;
  }
  close() {}
}

const tell = (...events: FeedEvent[]) => act(() => FakeSocket.last?.onmessage({ data: JSON.stringify(events) }));

function serve(pipeline: Pipeline, outputs: Record<number, Output[]> = {}): void {
  server.use(
    http.get('*/pipelines', () => HttpResponse.json({ data: [], next_cursor: null })),
    http.get('*/pipelines/7', () => HttpResponse.json(pipeline)),
    http.get('*/pipelines/7/steps/:step/outputs', ({ params }) => HttpResponse.json({ data: outputs[Number(params.step)] ?? [], next_cursor: null })),
    http.get('*/pipelines/7/steps/:step/outputs/index', () => HttpResponse.json(anIndexAnswer(outputs[21]?.map(({ id }) => id) ?? []))),
    http.get('*/assets/12', () => HttpResponse.json({ id: 12, width: 640, height: 480 })),
    http.get('*/models', () => HttpResponse.json({ data: [] })),
    http.get('*/pipelines/7/failures', () => HttpResponse.json(failures)),
  );
}

const open = () => {
  history.replaceState(null, '', '/jobs/7');
  return renderPage(<RunPage />, '/jobs/$id'.replace('$id', '7'));
};

vi.mock('@tanstack/react-router', async (original) => ({ ...(await original<typeof import('@tanstack/react-router')>()), useParams: () => ({ id: '7' }) }));

describe('the page of a run', () => {
  beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket));
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('moves with the feed, without asking again', async () => {
    serve(aPipeline(), { 21: [anOutput()] });
    await open();
    expect(await screen.findByText('1 of 4 done', { exact: false })).toBeInTheDocument();
    tell(anEvent(1, 'step_progress', { pipeline_id: 7, step_id: 21, progress_pct: 75, outputs_so_far: 3, total: 4, eta_sec: 2 }), anEvent(2, 'cost_update', { pipeline_id: 7, cost_actual: 0.084 }));
    expect(await screen.findByRole('progressbar', { name: 'Images made' })).toHaveAttribute('aria-valuenow', '75');
    expect(screen.getByLabelText('Cost so far $0.08')).toBeInTheDocument();
  });

  it('says why something failed and retries only that', async () => {
    const step = aStep({ status: 'completed', progress: { ...progressOf(4, 3), failed: 1 } });
    serve(aPipeline({ status: 'completed', steps: [step] }));
    let retried: unknown = null;
    server.use(http.post('*/pipelines/7/retry', async ({ request }) => {
      const body = (await request.json()) as { quote?: boolean };
      if (body.quote) return HttpResponse.json({ items: 1, may_have_been_bought: 0, total: 0.378 });
      retried = body;
      return HttpResponse.json({}, { status: 202 });
    }));
    await open();
    expect(await screen.findByText('1 image failed')).toBeInTheDocument();
    expect(await screen.findByText('The safety filter stopped it.')).toBeInTheDocument();
    // With the video that follows from it.
    await userEvent.click(await screen.findByRole('button', { name: 'Retry failed · up to $0.38' }));
    await waitFor(() => expect(retried).toEqual({ max_cost_usd: 0.378 }));
  });

  it('retries one reason of several at its own price', async () => {
    const step = aStep({ status: 'completed', progress: { ...progressOf(4, 1), failed: 3 } });
    serve(aPipeline({ status: 'completed', steps: [step] }));
    let asked: unknown = null;
    server.use(
      http.get('*/pipelines/7/failures', () => HttpResponse.json({ ...failures, data: [...failures.data, { ...failures.data[0], code: 'timed_out', message: 'It took too long.', outputs: 2, retry_amount_display: '$0.06' }] })),
      http.post('*/pipelines/7/steps/21/retry', async ({ request }) => {
        const body = (await request.json()) as { quote?: boolean; reasons: string[] };
        if (body.quote) return HttpResponse.json({ items: 2, may_have_been_bought: 0, total: body.reasons[0] === 'timed_out' ? 0.056 : 0.028 });
        asked = body;
        return HttpResponse.json({ type: '/problems/quote_changed', title: 'The price has changed.', status: 409, detail: 'It would cost $2 now.' }, { status: 409 });
      }),
    );
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Retry these · up to $0.06' }));
    await waitFor(() => expect(asked).toEqual({ reasons: ['timed_out'], max_cost_usd: 0.056 }));
    expect(await screen.findByText('It would cost $2 now.')).toBeInTheDocument();
  });

  it('tells what happened in it and with which settings', async () => {
    serve(aPipeline({ status: 'completed' }));
    server.use(
      http.get('*/pipelines/7/timeline', () => HttpResponse.json({ data: [{ at: '2026-11-24T10:00:00Z', what: 'created' }, { at: '2026-11-24T10:00:40Z', what: 'failures', step_id: 21, step_type: 'i2i', items: 2, message: 'Refused.' }] })),
      http.get('*/pipelines/7/definition', () => HttpResponse.json({ name: 'Red', mode: 'auto', inputs: { images: [{ asset_id: 1 }], prompts: ['red'] }, steps: [{ step_type: 'i2i', config: { model: 'kling-image' } }], tags: [] })),
    );
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Details and timeline' }));
    expect(await screen.findByText('Images: 2 failed')).toBeInTheDocument();
    expect(screen.getByText('after 40 s')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Settings used' }));
    expect(await screen.findByText('1 photo, 1 prompt')).toBeInTheDocument();
  });

  it('pauses at once when asked', async () => {
    serve(aPipeline());
    let asked = '';
    server.use(http.post('*/pipelines/7/pause', ({ request }) => {
      asked = new URL(request.url).search;
      return HttpResponse.json({}, { status: 202 });
    }));
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'Pause' }));
    await waitFor(() => expect(asked).toBe('?now=true'));
  });

  it('sends on exactly what was picked, corrected and added in a review', async () => {
    const prompts = [anOutput({ id: 1, type: 'prompt', text: 'golden', url: null }), anOutput({ id: 2, type: 'prompt', text: 'blue', url: null })];
    const review = aStep({ id: 20, step_type: 'prompt_enhance', status: 'review', progress: progressOf(2, 2), outputs: prompts, outputs_total: 2, version: 9, config: {} });
    const images = aStep({ id: 21, step_order: 2, status: 'pending', progress: progressOf(2, 0), cost_estimate: 0.056 });
    serve(aPipeline({ status: 'paused', status_reason: 'review', mode: 'checkpoint', checkpoints: ['prompt_enhance'], steps: [review, images] }), { 20: prompts });
    let sent: { body: StepEdits; version: string | null } | undefined;
    server.use(http.post('*/pipelines/7/steps/20/approve', async ({ request }) => {
      sent = { body: (await request.json()) as StepEdits, version: request.headers.get('If-Match') };
      return HttpResponse.json({}, { status: 202 });
    }));
    await open();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Use prompt 2' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Prompt 1' }), ' hour');
    await userEvent.click(screen.getByRole('button', { name: 'Add prompt' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Added prompt 1' }), 'my own');
    const approve = screen.getByRole('button', { name: 'Approve' });
    expect(approve).toHaveAccessibleDescription('2 prompts go on');
    await userEvent.click(approve);
    await waitFor(() => expect(sent).toBeDefined());
    expect(sent).toEqual({ version: '"9"', body: { outputs: [{ id: 1, text: 'golden hour' }, { id: 2, selected: false }], add: [{ text: 'my own' }] } });
  });

  it('does not approve nothing', async () => {
    const prompts = [anOutput({ id: 1, type: 'prompt', text: 'golden', url: null })];
    const review = aStep({ id: 20, step_type: 'prompt_enhance', status: 'review', progress: progressOf(1, 1), outputs: prompts, outputs_total: 1, config: {} });
    serve(aPipeline({ status: 'paused', status_reason: 'review', mode: 'manual', steps: [review] }), { 20: prompts });
    await open();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Use prompt 1' }));
    expect(screen.getByRole('button', { name: 'Approve' })).toHaveAccessibleDescription('Pick at least one prompt');
    await userEvent.click(screen.getByRole('button', { name: 'Approve' }));
  });

  it('offers the next step of a manual run', async () => {
    const done = aStep({ id: 20, step_type: 'i2i', status: 'completed', progress: progressOf(2, 2) });
    const videos = aStep({ id: 21, step_type: 'i2v', step_order: 2, status: 'pending', progress: progressOf(2, 0), cost_estimate: 0.7 });
    serve(aPipeline({ status: 'paused', status_reason: 'user', mode: 'manual', steps: [done, videos] }));
    let ran = false;
    server.use(http.post('*/pipelines/7/run', () => {
      ran = true;
      return HttpResponse.json({}, { status: 202 });
    }));
    await open();
    const next = await screen.findByRole('button', { name: 'Run next step' });
    expect(next).toHaveTextContent('2 videos$0.70');
    await userEvent.click(next);
    await waitFor(() => expect(ran).toBe(true));
  });

  describe('with outputs to look at', () => {
    withSize(1000, 900);
    const two = [anOutput({ id: 1, item_id: 101 }), anOutput({ id: 2, item_id: 102 })];
    const over = aPipeline({ status: 'completed', finished_at: '2026-11-24T10:01:00Z', steps: [aStep({ status: 'completed', outputs_total: 2, progress: progressOf(2, 2) })] });
    const served = (change: Partial<OutputIndexAnswer> = {}) => {
      serve(over, { 21: two });
      server.use(http.get('*/pipelines/7/steps/21/outputs/index', () => HttpResponse.json(anIndexAnswer([1, 2], change))), http.get('*/pipelines/7/steps/21/outputs', () => HttpResponse.json({ data: [two[0]], next_cursor: null })));
    };

    it('makes one more like it, and animates it with its prompt', async () => {
      served();
      let rerun = '';
      server.use(http.post('*/pipelines/7/steps/21/items/:item/rerun', ({ params }) => {
        rerun = String(params.item);
        return HttpResponse.json({}, { status: 202 });
      }));
      await open();
      await screen.findByRole('button', { name: 'Image 1' });
      await userEvent.click(screen.getAllByRole('button', { name: 'Make one more like this' })[0] as HTMLElement);
      await waitFor(() => expect(rerun).toBe('101'));
      await userEvent.click(screen.getAllByRole('button', { name: 'Animate this' })[0] as HTMLElement);
      await waitFor(() => expect(draftStore.get()).toMatchObject({ mode: 'i2v', prompt: 'red', images: [{ assetId: 1001 }] }));
    });

    it('takes one file, or all of them as a ZIP', async () => {
      served();
      const saved: string[] = [];
      vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (this: HTMLAnchorElement) {
        saved.push(new URL(this.href).pathname);
      });
      await open();
      await screen.findByRole('button', { name: 'Image 1' });
      await userEvent.click(screen.getAllByRole('button', { name: 'Download' })[0] as HTMLElement);
      await userEvent.click(screen.getByRole('button', { name: 'Download all 2 files' }));
      expect(saved).toEqual(['/assets/1001/content', '/pipelines/7/download']);
    });

    it('has one filled button, also while something is selected, and downloads only what is shown', async () => {
      served({ models: ['kling-image', 'nano'], model: [0, 1] });
      let packed: unknown;
      server.use(http.post('*/assets/download', async ({ request }) => {
        packed = await request.json();
        return HttpResponse.arrayBuffer(new ArrayBuffer(2));
      }));
      URL.createObjectURL = () => 'blob:zip';
      vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
      const filled = () => [...document.querySelectorAll('button.bg-accent')].map((button) => button.textContent).filter((text) => text !== '');
      await open();
      expect(await screen.findByRole('button', { name: 'Download all 2 files' })).toBeInTheDocument();
      expect(filled()).toEqual(['Download all 2 files']);
      await userEvent.click(screen.getByRole('checkbox', { name: 'Select Image 1' }));
      expect(filled()).toEqual(['Download ZIP']);
      await userEvent.click(screen.getByRole('button', { name: 'Select all 2' }));
      expect(screen.getByText('2 selected')).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
      await userEvent.click(await screen.findByRole('button', { name: /^nano/ }));
      await userEvent.keyboard('{Escape}');
      expect(screen.getByText('1 selected')).toBeInTheDocument();
      await userEvent.click(screen.getByRole('button', { name: 'Download ZIP' }));
      await waitFor(() => expect(packed).toEqual({ ids: [1002] }));
      await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
      expect(await screen.findByRole('button', { name: 'Image 2' })).toBeInTheDocument();
    });

    it('says when outputs did not load, and loads them when asked', async () => {
      served();
      let broken = true;
      server.use(http.get('*/pipelines/7/steps/21/outputs/index', () => (broken ? HttpResponse.json({ title: 'Not now.', status: 503, detail: 'The database does not answer.' }, { status: 503 }) : HttpResponse.json(anIndexAnswer([1, 2])))));
      await open();
      expect(await screen.findByText('Not all outputs did load')).toBeInTheDocument();
      broken = false;
      await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
      expect(await screen.findByRole('button', { name: 'Image 2' })).toBeInTheDocument();
      expect(screen.queryByText('Not all outputs did load')).not.toBeInTheDocument();
    });

    it('says on the bill who made it and what was there from before', async () => {
      served({ reused: [true, false], simulated: [false, false], providers: ['replicate', 'fal'], provider: [1, 0] });
      server.use(http.get('*/pipelines/7', () => HttpResponse.json({ ...over, steps: over.steps.map((step) => ({ ...step, provider: 'fal' })) })));
      await open();
      expect(await screen.findByText(/1 from before, \$0 · 1 by Replicate, which stood in/)).toBeInTheDocument();
    });
  });

  it('names the provider that a running run waits for', async () => {
    const wait = 'Waiting for fal (kling): it does not answer. It is tried again at 2026-01-31 12:00:05 UTC.';
    serve(aPipeline({ status: 'running', status_reason: 'provider', warnings: [wait, 'Pictures come as 1:1.'] }));
    await open();
    expect(await screen.findByText(wait)).toBeInTheDocument();
    expect(screen.getAllByText('Waiting for the provider').length).toBeGreaterThan(0);
    expect(screen.queryByText('Running')).not.toBeInTheDocument();
  });

  it('says so when there is no such run', async () => {
    server.use(http.get('*/models', () => HttpResponse.json({ data: [] })), http.get('*/pipelines/7', () => HttpResponse.json({ title: 'Not found.', status: 404, detail: 'There is no such pipeline.' }, { status: 404 })));
    await open();
    expect(await screen.findByText('This run did not load')).toBeInTheDocument();
    expect(screen.getByText('There is no such pipeline.')).toBeInTheDocument();
  });
});
