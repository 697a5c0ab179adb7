import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EstimateRequest, PipelineRequest } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { beginTour, endTour } from '@/features/tour/tour-draft';
import { tour } from '@/features/tour/tour-store';
import { aDraft, aPipeline, catalog } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { PlaygroundPage } from './playground-page';

const estimate = ({ steps }: EstimateRequest) => ({
  currency: 'USD', total: 0.76, total_display: '$0.76', display: '', warnings: [],
  steps: steps.map((step) => ({ step_type: step.step_type, model: null, count: 2, unit: step.step_type === 'i2v' ? 'video' : step.step_type === 'i2i' ? 'image' : 'prompt', unit_price: 0.1, amount: 0.2, amount_display: '$0.20' })),
});
const created: PipelineRequest[] = [];
let paid = false;
const models = () => catalog.map((model) => ({ ...model, simulated: !paid }));

testServer(
  http.get('*/models', () => HttpResponse.json({ data: models(), next_cursor: null })),
  http.get('*/providers', () => HttpResponse.json({ data: [{ name: 'local', simulated: true, key: null, makes: ['prompt', 'image', 'video'] }] })),
  http.get('*/usage/budget', () => HttpResponse.json({ month: '2026-11-01', limit: null, held: 0, spent: 0, left: null })),
  http.get('*/prompts/suggest', () => HttpResponse.json({ data: [] })),
  http.get('*/static/samples/astronaut.jpg', () => new HttpResponse(new Blob(['x'], { type: 'image/jpeg' }))),
  http.get('*/pipelines', () => HttpResponse.json({ data: [], next_cursor: null })),
  http.post('*/assets', () => HttpResponse.json({ data: [{ id: 5, type: 'image', source: 'uploaded', name: 'astronaut.jpg', url: '/assets/5/content', thumbnail_url: '/assets/5/thumbnail' }], errors: [] }, { status: 201 })),
  http.post('*/pipelines/estimate', async ({ request }) => HttpResponse.json(estimate((await request.json()) as EstimateRequest))),
  http.post('*/pipelines', async ({ request }) => {
    created.push((await request.json()) as PipelineRequest);
    return HttpResponse.json(aPipeline({ id: 77, status: 'pending' }), { status: 201 });
  }),
  http.post('*/pipelines/77/run', () => HttpResponse.json({}, { status: 202 })),
);

const card = (title: string) => screen.findByRole('alertdialog', { name: title });
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }));

describe('the tour', () => {
  beforeEach(() => {
    URL.createObjectURL = () => 'blob:preview';
    URL.revokeObjectURL = () => undefined;
    endTour(false);
    draftStore.clear();
    created.length = 0;
    paid = false;
  });

  it('leads from a sample photo to a run that nobody pays for', async () => {
    await renderPage(<PlaygroundPage />);
    beginTour();
    await card('Start from a photo');
    await press('Use this photo');
    await card('Say what you want to see');
    expect(draftStore.get().images).toHaveLength(1);
    await press('Next');
    await card('Choose what it makes');
    await press('Next');
    await card('See the price first');
    await press('Next');
    expect(await card('Make it')).toBeInTheDocument();
    await press('Run it for $0.00');
    expect(await screen.findByText('at /jobs/77')).toBeInTheDocument();
    expect(created).toHaveLength(1);
    expect(created[0]?.steps.map((step) => [step.step_type, step.config.variations_per_prompt])).toEqual([['prompt_enhance', 2], ['i2i', undefined], ['i2v', undefined]]);
  });

  it('starts nothing by itself where the run is paid for, and says its price', async () => {
    paid = true;
    await renderPage(<PlaygroundPage />);
    beginTour();
    await press('Use this photo');
    for (const title of ['Say what you want to see', 'Choose what it makes', 'See the price first']) {
      await card(title);
      await press('Next');
    }
    await waitFor(async () => expect(await card('Make it')).toHaveAccessibleDescription(/\$0\.76 at most/));
    expect(screen.queryByRole('button', { name: /Run it/ })).not.toBeInTheDocument();
    await userEvent.click((await screen.findAllByRole('button', { name: 'End the tour' })).at(-1) as HTMLElement);
    await waitFor(() => expect(screen.queryByRole('alertdialog')).not.toBeInTheDocument());
    expect(created).toHaveLength(0);
    // What it was set up with stays, to be run or changed.
    expect(draftStore.get().images).toHaveLength(1);
  });

  it('ends with Escape, gives back the draft that was there, and is not offered again', async () => {
    draftStore.set(() => aDraft({ prompt: 'mine' }));
    await renderPage(<PlaygroundPage />);
    beginTour();
    await card('Start from a photo');
    expect(draftStore.get().prompt).not.toBe('mine');
    await userEvent.keyboard('{Escape}');
    await waitFor(() => expect(tour.get()).toBe('known'));
    expect(draftStore.get().prompt).toBe('mine');
    expect(localStorage.getItem('pipeline.tour')).toBe('known');
  });
});
