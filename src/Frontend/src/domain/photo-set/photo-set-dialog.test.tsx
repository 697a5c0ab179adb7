import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, expect, it, vi } from 'vitest';
import type { EstimateRequest } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { aDraft, catalog } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { PhotoSetDialog } from './photo-set-dialog';

const asked: EstimateRequest[] = [];
const plan = (coverage: string, variations: number, chosen: boolean, over_limit = false) => ({ coverage, variations, count: variations, amount: variations * 0.028, amount_display: `$${(variations * 0.028).toFixed(2)}`, total: 0, total_display: '', chosen, over_limit });

const server = testServer(
  http.post('*/pipelines/estimate', async ({ request }) => {
    const body = (await request.json()) as EstimateRequest;
    asked.push(body);
    const coverage = body.steps[0]?.config.set_mode?.coverage;
    const plans = [plan('full', 6, coverage === 'full'), plan('one_at_a_time', 5, coverage === 'one_at_a_time'), plan('pairwise', 6, coverage === 'pairwise')];
    const line = { step_type: 'i2i', model: 'kling-image', count: 6, unit: 'image', unit_price: 0.028, amount: 0.168, amount_display: '$0.17', set_mode_plans: plans };
    return HttpResponse.json({ currency: 'USD', total: 0.168, total_display: '$0.17', steps: [line], display: '', warnings: [] });
  }),
  http.post('*/pipelines/dry-run', () => HttpResponse.json({ total: 0.168, total_display: '$0.17', sample: ['front', 'side'].map((angle, index) => ({ step_type: 'i2i', number: index + 1, image_index: 0, prompt: `red dress, seen from the ${angle}`, variation: { angles: angle }, cost: 0.028 })) })),
);

const open = async (draft = aDraft({ mode: 'i2i' })) => {
  draftStore.set(() => draft);
  const onClose = vi.fn();
  await renderPage(<PhotoSetDialog draft={draft} models={catalog} onClose={onClose} />);
  return { onClose, dialog: within(await screen.findByRole('dialog', { name: 'Create a photo set' })) };
};

beforeEach(() => {
  draftStore.clear();
  asked.length = 0;
});

it('counts and prices what is ticked, in all three coverages', async () => {
  const { dialog } = await open();
  for (const option of ['Front', 'Side', 'Smile', 'Neutral', 'Serious']) await userEvent.click(dialog.getByRole('checkbox', { name: option }));
  expect(await dialog.findByText('2 angles × 3 expressions = 6 images')).toBeInTheDocument();
  expect(await dialog.findByRole('radio', { name: /One at a time.*5 images.*\$0\.14/ })).toBeInTheDocument();
  await waitFor(() =>
    expect(asked.at(-1)?.steps[0]?.config).toEqual({
      model: 'kling-image',
      set_mode: { enabled: true, coverage: 'full', variations: ['angles', 'expressions'], options: { angles: ['front', 'side'], expressions: ['smile', 'neutral', 'serious'] }, count_per_variation: 1 },
    }),
  );
});

it('shows the prompts as they will be sent', async () => {
  const { dialog } = await open();
  await userEvent.click(dialog.getByRole('button', { name: 'All around' }));
  expect(await dialog.findByText('red dress, seen from the front')).toBeInTheDocument();
  await userEvent.click(dialog.getByRole('button', { name: 'Next variation' }));
  expect(dialog.getByText('red dress, seen from the side')).toBeInTheDocument();
});

it('becomes part of the run in two presses from a preset, and out again with undo', async () => {
  const { dialog, onClose } = await open();
  await userEvent.click(dialog.getByRole('button', { name: 'Portraits' }));
  await userEvent.click(dialog.getByRole('button', { name: 'Use this set' }));
  expect(onClose).toHaveBeenCalledOnce();
  expect(draftStore.get().set?.options.lighting).toEqual(['studio', 'natural']);
  await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
  expect(draftStore.get().set).toBeNull();
});

it('comes to rest: it asks once for what stays the same', async () => {
  const { dialog } = await open();
  await userEvent.click(dialog.getByRole('button', { name: 'All around' }));
  await dialog.findByText('red dress, seen from the front');
  const dialogElement = screen.getByRole('dialog');
  const timers = vi.spyOn(globalThis, 'setTimeout');
  const pauses = () => timers.mock.calls.filter(([, ms]) => ms === 150).length;
  await waitFor(() => expect(dialogElement).toBeInTheDocument());
  const before = pauses();
  await new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 400)));
  expect(pauses() - before).toBe(0);
  timers.mockRestore();
});

it('takes outfits by comma, Enter and Backspace', async () => {
  const { dialog } = await open();
  const field = dialog.getByRole('textbox', { name: 'Outfits, parted by commas' });
  await userEvent.type(field, 'casual,navy field jacket{Enter}formal{Enter}');
  expect(dialog.getByRole('button', { name: 'Remove navy field jacket' })).toBeInTheDocument();
  await userEvent.type(field, '{Backspace}');
  expect(dialog.queryByRole('button', { name: 'Remove formal' })).not.toBeInTheDocument();
});

it('cannot use a set of nothing, nor one that is too large', async () => {
  const { dialog } = await open();
  expect(dialog.getByRole('button', { name: 'Use this set' })).toBeDisabled();
  server.use(http.post('*/pipelines/estimate', () => HttpResponse.json({ currency: 'USD', total: 1, total_display: '$1.00', steps: [{ step_type: 'i2i', model: 'kling-image', count: 60_000, unit: 'image', unit_price: 0.028, amount: 1, amount_display: '$1.00', set_mode_plans: [plan('full', 60_000, true, true)] }], display: '', warnings: [] })));
  await userEvent.click(dialog.getByRole('checkbox', { name: 'Front' }));
  await waitFor(() => expect(dialog.getByRole('button', { name: 'Too many for one run' })).toBeDisabled());
});

it('opens with the set of the draft, which can be removed', async () => {
  const { dialog, onClose } = await open(aDraft({ mode: 'i2i', set: { options: { angles: ['back'], expressions: [], poses: [], outfits: ['formal'], lighting: [] }, coverage: 'pairwise', each: 2 } }));
  expect(dialog.getByRole('checkbox', { name: 'Back' })).toBeChecked();
  expect(dialog.getByRole('radio', { name: /Pairwise/ })).toBeChecked();
  await userEvent.click(dialog.getByRole('button', { name: 'Remove set' }));
  expect(draftStore.get().set).toBeNull();
  expect(onClose).toHaveBeenCalledOnce();
});
