import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { EstimateRequest, PipelineRequest } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { uploads } from '@/domain/draft/uploads';
import { aDraft, aPipeline, catalog } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { PlaygroundPage } from './playground-page';

const estimate = (request: EstimateRequest) => {
  const prompts = request.inputs.images.length * request.inputs.prompts.length;
  const steps = request.steps.map((step) => ({ step_type: step.step_type, model: step.config.model ?? null, count: prompts, unit: step.step_type === 'i2v' ? 'video' : 'image', unit_price: 0.35, amount: prompts * 0.35, amount_display: `$${(prompts * 0.35).toFixed(2)}` }));
  const total = steps.reduce((sum, step) => sum + step.amount, 0);
  return { currency: 'USD', total, total_display: `$${total.toFixed(2)}`, steps, display: '', warnings: [] };
};

const server = testServer(
  http.get('*/models', () => HttpResponse.json({ data: catalog, next_cursor: null })),
  http.get('*/pipelines', () => HttpResponse.json({ data: [], next_cursor: null })),
  http.get('*/usage/budget', () => HttpResponse.json({ month: '2026-11-01', limit: null, held: 0, spent: 0, left: null })),
  http.get('*/providers', () => HttpResponse.json({ data: [] })),
  http.get('*/prompts/suggest', () => HttpResponse.json({ data: [] })),
  http.post('*/pipelines/estimate', async ({ request }) => HttpResponse.json(estimate((await request.json()) as EstimateRequest))),
);

const image = (name: string) => new File(['x'], name, { type: 'image/png' });
const asset = (id: number, name: string) => ({ id, type: 'image', source: 'uploaded', name, url: `/assets/${id}/content`, thumbnail_url: `/assets/${id}/thumbnail` });

describe('the playground', () => {
  beforeEach(() => {
    draftStore.clear();
    uploads.forgetAll();
    URL.createObjectURL = () => 'blob:preview';
    URL.revokeObjectURL = () => undefined;
  });

  it('keeps the good files of an upload and names the bad one', async () => {
    server.use(http.post('*/assets', () => HttpResponse.json({ data: [asset(1, 'a.png')], errors: [{ file: 'b.png', message: 'The content is not an image.' }] }, { status: 201 })));
    await renderPage(<PlaygroundPage />);
    await userEvent.upload(await screen.findByLabelText('Upload images'), [image('a.png'), image('b.png')]);
    expect(await screen.findByRole('img', { name: 'a.png' })).toBeInTheDocument();
    const alert = await screen.findByRole('alert');
    expect(alert).toHaveTextContent('1 file could not be added');
    expect(alert).toHaveTextContent('b.png: The content is not an image.');
  });

  it('takes a photo out, and back with undo', async () => {
    draftStore.set(() => aDraft());
    await renderPage(<PlaygroundPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Remove a.png' }));
    expect(screen.queryByRole('img', { name: 'a.png' })).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(screen.getByRole('img', { name: 'a.png' })).toBeInTheDocument();
  });

  it('says everything that is missing when Generate cannot start', async () => {
    await renderPage(<PlaygroundPage />);
    const generate = await screen.findByRole('button', { name: 'Generate' });
    expect(generate).toHaveAccessibleDescription('2 things to fix first');
    await userEvent.click(generate);
    const reasons = await screen.findByRole('dialog', { name: 'What is missing' });
    expect(within(reasons).getAllByRole('button').map((button) => button.textContent)).toEqual(['Add at least one photo.', 'Write what you want to see.']);
  });

  it('shows the price of the server and follows every change', async () => {
    draftStore.set(() => aDraft());
    await renderPage(<PlaygroundPage />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.70'));
    await userEvent.type(screen.getByRole('textbox', { name: 'Prompt' }), '{enter}---{enter}blue coat');
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$1.40'));
    await userEvent.click(screen.getByRole('tab', { name: 'Image' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveAccessibleDescription('2 images'));
  });

  it('leads from a refusal to the control at fault', async () => {
    draftStore.set(() => aDraft());
    server.use(http.post('*/pipelines/estimate', () => HttpResponse.json({ type: '/problems/validation', title: 'No.', status: 422, errors: { '/steps/0/config/aspect_ratio': ['kling-image does not take 7:3.'] } }, { status: 422 })));
    await renderPage(<PlaygroundPage />);
    expect((await screen.findAllByText('kling-image does not take 7:3.')).length).toBeGreaterThan(0);
    expect(screen.getByRole('button', { name: 'Generate' })).toHaveAccessibleDescription('1 thing to fix first');
  });

  it('says once what both the page and the server find wrong', async () => {
    draftStore.set(() => ({ ...aDraft(), prompt: 'a'.repeat(6_000) }));
    let refusals = 0;
    server.use(http.post('*/pipelines/estimate', () => {
      refusals++;
      return HttpResponse.json({ type: '/problems/validation', title: 'No.', status: 422, errors: { '/inputs/prompts/0': ['The prompt has 6,000 characters; at most 2,000 are accepted.'] } }, { status: 422 });
    }));
    await renderPage(<PlaygroundPage />);
    await waitFor(() => expect(refusals).toBe(1));
    expect(await screen.findByRole('button', { name: 'Generate' })).toHaveAccessibleDescription('1 thing to fix first');
    expect(screen.queryByText(/at most 2,000 are accepted/)).not.toBeInTheDocument();
  });

  it('makes variations to keep or drop, and undoes them', async () => {
    draftStore.set(() => aDraft());
    let asked: unknown;
    server.use(http.post('*/prompts/enhance', async ({ request }) => {
      asked = await request.json();
      return HttpResponse.json({ results: [{ input: 'x', prompts: ['golden hour', 'blue hour'], provider: 'local', cached: false }], cost: 0.005 });
    }));
    await renderPage(<PlaygroundPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Enhance' }));
    const list = await screen.findByRole('region', { name: 'Enhanced prompts' });
    expect(asked).toEqual({ prompts: ['woman in red dress'], count: 5, target: 'i2i', image: { asset_id: 12 } });
    await userEvent.click(within(list).getByRole('checkbox', { name: 'Keep prompt 2' }));
    expect(list).toHaveTextContent('1 of 2 kept');
    await userEvent.click(within(list).getByRole('button', { name: /^Edit prompt 1:/ }));
    const field = within(list).getByRole('textbox', { name: 'Text of prompt 1' });
    await userEvent.clear(field);
    await userEvent.type(field, 'golden dusk{enter}');
    expect(draftStore.get().variations?.map(({ text, kept }) => [text, kept])).toEqual([['golden dusk', true], ['blue hour', false]]);
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(draftStore.get().variations).toBeNull();
  });

  it('creates and starts the run once, and shows its page', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i' }));
    const created: { body: PipelineRequest; key: string | null }[] = [];
    let started: string | null = null;
    server.use(
      http.post('*/pipelines', async ({ request }) => {
        created.push({ body: (await request.json()) as PipelineRequest, key: request.headers.get('Idempotency-Key') });
        return HttpResponse.json(aPipeline({ id: 77, status: 'pending' }), { status: 201 });
      }),
      http.post('*/pipelines/77/run', ({ request }) => {
        started = request.headers.get('Idempotency-Key');
        return HttpResponse.json({}, { status: 202 });
      }),
    );
    await renderPage(<PlaygroundPage />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.35'));
    await userEvent.click(screen.getByRole('button', { name: 'Generate' }));
    expect(await screen.findByText('at /jobs/77')).toBeInTheDocument();
    expect(created).toHaveLength(1);
    expect(created[0]?.body).toMatchObject({ name: 'woman in red dress', mode: 'auto', steps: [{ step_type: 'i2i' }] });
    expect(started).toBe(`${created[0]?.key}-run`);
  });

  it('sends the same key again when a failed start is repeated unchanged', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i' }));
    const keys: (string | null)[] = [];
    server.use(http.post('*/pipelines', ({ request }) => {
      keys.push(request.headers.get('Idempotency-Key'));
      return HttpResponse.json({ title: 'Down', status: 503 }, { status: 503 });
    }));
    await renderPage(<PlaygroundPage />);
    const press = async () => userEvent.click(screen.getByRole('button', { name: 'Generate' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.35'));
    await press();
    await waitFor(() => expect(keys).toHaveLength(1));
    await screen.findByText('The run did not start');
    await press();
    await waitFor(() => expect(keys).toHaveLength(2));
    expect(keys[0]).toBe(keys[1]);
  });

  it('keeps everything while the network is gone, says why it cannot send, and can when it is back', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i' }));
    await renderPage(<PlaygroundPage />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.35'));
    const network = (on: boolean) => {
      vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(on);
      act(() => void window.dispatchEvent(new Event(on ? 'online' : 'offline')));
    };
    network(false);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveAccessibleDescription(/You are offline/));
    await userEvent.click(screen.getByRole('button', { name: 'Generate' }));
    expect(await screen.findByRole('dialog', { name: 'What is missing' })).toHaveTextContent('All of this is kept');
    expect(screen.getByRole('textbox', { name: 'Prompt' })).toHaveValue('woman in red dress');
    network(true);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.35'));
  });

  it('offers to send again what did not arrive', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i' }));
    let tries = 0;
    server.use(
      http.post('*/pipelines', () => {
        tries += 1;
        return tries === 1 ? HttpResponse.json({ title: 'Down', status: 503 }, { status: 503 }) : HttpResponse.json(aPipeline({ id: 77, status: 'pending' }), { status: 201 });
      }),
      http.post('*/pipelines/77/run', () => HttpResponse.json({}, { status: 202 })),
    );
    await renderPage(<PlaygroundPage />);
    await waitFor(() => expect(screen.getByRole('button', { name: 'Generate' })).toHaveTextContent('$0.35'));
    await userEvent.click(screen.getByRole('button', { name: 'Generate' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Retry' }));
    expect(await screen.findByText('at /jobs/77')).toBeInTheDocument();
  });

  it('folds the settings away, and remembers it', async () => {
    const first = await renderPage(<PlaygroundPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Hide models and settings' }));
    expect(screen.queryByRole('region', { name: 'Images' })).not.toBeInTheDocument();
    first.unmount();
    await renderPage(<PlaygroundPage />);
    await userEvent.click(await screen.findByRole('button', { name: 'Show models and settings' }));
    expect(await screen.findByRole('region', { name: 'Images' })).toBeInTheDocument();
  });
});
