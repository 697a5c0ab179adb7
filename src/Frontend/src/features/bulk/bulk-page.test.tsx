import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { EstimateRequest, PipelineRequest, Sheet, SheetRequest } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { emptySet } from '@/domain/draft/photo-set';
import { aDraft, aModel, aVideoModel } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { BulkPage } from './bulk-page';
import { bulkStore } from './bulk-store';

const aSheet: Sheet = {
  id: 3, name: 'spring.csv', format: 'csv', encoding: 'utf-8', delimiter: ',', columns: ['Photo', 'Text', 'SKU'], mapping: { image: 'Photo', prompt: 'Text', model: null, seed: null, name: null }, rows_total: 3, rows_good: 2,
  rows_bad: 1, errors: [{ row: 3, column: 'Photo', field: 'image', message: "There is no picture 'coat.jpg'.", value: 'coat.jpg' }], errors_total: 1, preview: [{ row: 2, cells: ['dress.jpg', 'red', 'A-1'] }], prompts: null,
  warnings: [], plan: { pipelines: 1, steps: [{ step_type: 'i2i', model: 'kling-image', count: 2, unit: 'image', unit_price: 0.028, amount: 0.056, amount_display: '$0.06' }], currency: 'USD', total: 0.056, total_display: '$0.06' },
  run_group_id: null,
};

let created: PipelineRequest | null;
let checked: SheetRequest | null;
const server = testServer(
  http.get('*/models', () => HttpResponse.json({ data: [aModel({ simulated: false }), aVideoModel({ simulated: false })] })),
  http.post('*/pipelines/dry-run', async ({ request }) => {
    const { inputs, steps } = (await request.json()) as EstimateRequest;
    const outputs = inputs.images.length * inputs.prompts.length * (steps[0]?.config.images_per_prompt ?? 1);
    return HttpResponse.json({ total: outputs * 0.028, tree: { images: inputs.images.length, prompts: inputs.prompts.length, combine: 'all', then: { step_type: 'i2i', model: 'kling-image', outputs, unit: 'image', unit_price: 0.028, amount: outputs * 0.028, then: null } }, sample: [], warnings: [] });
  }),
  http.post('*/pipelines', async ({ request }) => {
    created = (await request.json()) as PipelineRequest;
    return HttpResponse.json({ id: 41, status: 'pending' }, { status: 201 });
  }),
  http.post('*/pipelines/41/run', () => HttpResponse.json({}, { status: 202 })),
  http.get('*/sheets', () => HttpResponse.json({ data: [{ id: 2, name: 'winter.csv', format: 'csv', run_group_id: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11', simulated: true, created_at: '2026-11-24T10:00:00Z' }], next_cursor: null })),
  http.post('*/sheets/check', () => HttpResponse.json(aSheet)),
  http.post('*/sheets/3/check', async ({ request }) => {
    checked = (await request.json()) as SheetRequest;
    return HttpResponse.json(aSheet);
  }),
);

describe('a bulk run', () => {
  beforeEach(() => {
    created = null;
    checked = null;
    bulkStore.reset();
    draftStore.set(() => aDraft());
  });

  it('shows what multiplies out, follows a change in the tree, and runs with its price', async () => {
    await renderPage(<BulkPage />, '/bulk');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Prompts' }), 'red\nblue');
    expect(await screen.findByText('1 photo → 2 images')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'More images per prompt' }));
    expect(await screen.findByText('1 photo → 4 images')).toBeInTheDocument();
    const run = await screen.findByRole('button', { name: 'Run' });
    await waitFor(() => expect(run).toHaveTextContent('$0.11'));
    await userEvent.click(run);
    expect(await screen.findByText('at /jobs/41')).toBeInTheDocument();
    expect(created).toMatchObject({ mode: 'auto', inputs: { images: [{ asset_id: 12 }], prompts: ['red', 'blue'] }, steps: [{ step_type: 'i2i', config: { images_per_prompt: 2 } }] });
  });

  it('simulates with the demo renderer when asked', async () => {
    bulkStore.patch({ text: 'red' });
    await renderPage(<BulkPage />, '/bulk');
    await screen.findByText('1 photo → 1 image');
    await userEvent.click(screen.getByRole('button', { name: /^Simulate/ }));
    await waitFor(() => expect(created).toMatchObject({ simulate: true }));
  });

  it('sends motions, a photo set and picks that go on at once', async () => {
    bulkStore.patch({ text: 'red', videos: true, run: 'checkpoint', set: { ...emptySet, options: { ...emptySet.options, angles: ['front', 'side'] } } });
    await renderPage(<BulkPage />, '/bulk');
    expect(await screen.findByRole('button', { name: 'Photo set: 2 angles' })).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'More images per prompt' })).not.toBeInTheDocument();
    await userEvent.type(screen.getByRole('textbox', { name: /^Motion/ }), 'push in{Enter}pan left');
    expect(screen.getByText('· 2 motions for each image')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('switch', { name: /^Each pick goes on at once/ }));
    const run = screen.getByRole('button', { name: 'Run' });
    await waitFor(() => expect(run).toHaveTextContent('$'));
    await userEvent.click(run);
    await waitFor(() =>
      expect(created).toMatchObject({
        mode: 'checkpoint', checkpoints: ['i2i'], review: 'rolling',
        steps: [{ step_type: 'i2i', config: { set_mode: { enabled: true, variations: ['angles'], options: { angles: ['front', 'side'] } } } }, { step_type: 'i2v', config: { motion_prompts: ['push in', 'pan left'] } }],
      }),
    );
  });

  it('lists all that is in the way, each a link to its part', async () => {
    draftStore.set(() => aDraft({ images: [] }));
    await renderPage(<BulkPage />, '/bulk');
    await userEvent.click(await screen.findByRole('button', { name: 'Run' }));
    expect(await screen.findByRole('button', { name: 'Add at least one photo.' })).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Write, paste or load at least one prompt.' }));
    await waitFor(() => expect(screen.getByRole('region', { name: 'Prompts' })).toHaveFocus());
  });

  it('names the bad row of a sheet, takes a mend and another column, and leaves it out when told', async () => {
    let sent: SheetRequest | null = null;
    server.use(http.post('*/sheets/3/run', async ({ request }) => {
      sent = (await request.json()) as SheetRequest;
      return HttpResponse.json({ sheet_id: 3, run_group_id: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11', pipelines: [41], rows: 2, left_out: [3], cost_estimate: 0.056, currency: 'USD' }, { status: 202 });
    }));
    await renderPage(<BulkPage />, '/bulk');
    await userEvent.click(await screen.findByRole('radio', { name: 'Sheet (CSV, Excel)' }));
    await userEvent.upload(screen.getByLabelText('Load a sheet'), new File(['Photo,Text\n'], 'spring.csv', { type: 'text/csv' }));
    expect(await screen.findByText('1 row of 3 cannot run')).toBeInTheDocument();

    const cell = screen.getByRole('textbox', { name: 'Photo of row 3' });
    await userEvent.clear(cell);
    await userEvent.type(cell, 'dress.jpg{Enter}');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /^Name/ }), 'SKU');
    await waitFor(() => expect(checked).toMatchObject({ pictures: { 'a.png': 12 }, edits: { 3: { image: 'dress.jpg' } }, mapping: { image: 'Photo', prompt: 'Text', name: 'SKU' } }));

    expect(screen.getByRole('button', { name: 'Run' })).toHaveTextContent('1 thing to fix first');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Leave out the bad row' }));
    await waitFor(() => expect(screen.getByRole('button', { name: 'Run' })).toHaveTextContent('$0.06'));
    await userEvent.click(screen.getByRole('button', { name: 'Run' }));
    expect(await screen.findByText('at /jobs')).toBeInTheDocument();
    expect(sent).toMatchObject({ leave_out_bad_rows: true, max_cost_usd: 0.056 });
  });

  it('keeps a sheet that was only simulated, and finds those of before', async () => {
    const sent: SheetRequest[] = [];
    server.use(http.post('*/sheets/2/check', () => HttpResponse.json({ ...aSheet, id: 2, rows_bad: 0, errors: [], errors_total: 0 })), http.post('*/sheets/2/run', async ({ request }) => {
      sent.push((await request.json()) as SheetRequest);
      return HttpResponse.json({ sheet_id: 2, run_group_id: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11', pipelines: [41], rows: 2, left_out: [], cost_estimate: 0.056, currency: 'USD' }, { status: 202 });
    }));
    bulkStore.patch({ source: 'sheet' });
    await renderPage(<BulkPage />, '/bulk');
    expect(await screen.findByRole('link', { name: 'Runs of winter.csv' })).toHaveAttribute('href', expect.stringContaining('0d5b1a8e'));
    await userEvent.click(screen.getByRole('button', { name: 'Open winter.csv' }));
    const simulate = await screen.findByRole('button', { name: /^Simulate/ });
    await waitFor(() => expect(simulate).toBeEnabled());
    await userEvent.click(simulate);
    await waitFor(() => expect(sent[0]?.pipeline?.simulate).toBe(true));
    expect(sent[0]).not.toHaveProperty('max_cost_usd');
    expect(bulkStore.get().sheetId).toBe(2);
  });
});
