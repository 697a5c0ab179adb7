import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { PipelineSummary } from '@/domain/api';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { HistoryPage } from './history-page';

const aRun = (over: Partial<PipelineSummary>): PipelineSummary => ({
  id: 7, name: 'Red dress', status: 'completed', status_reason: null, pause_requested: false, mode: 'auto', current_step: null, cost_estimate: 1.2, cost_actual: 1, budget_usd: null, currency: 'USD', tags: ['launch'],
  run_group_id: null, progress: { total: 40, succeeded: 38, failed: 2, running: 0, eta_sec: null }, duration_sec: 80, success_rate: 0.95, simulated: false, version: 1, created_at: '2026-11-24T10:00:00Z',
  updated_at: '2026-11-24T10:00:00Z', started_at: '2026-11-24T10:00:00Z', finished_at: '2026-11-24T10:01:20Z', ...over,
});
const runs = [aRun({}), aRun({ id: 8, name: 'Blue coat', status: 'failed', tags: [], success_rate: 0, progress: { total: 2, succeeded: 0, failed: 2, running: 0, eta_sec: null } })];

let asked: URLSearchParams;
const server = testServer(
  http.get('*/pipelines', ({ request }) => {
    asked = new URL(request.url).searchParams;
    return HttpResponse.json({ data: runs.filter((run) => !asked.get('status') || run.status === asked.get('status')), next_cursor: null });
  }),
  http.get('*/pipelines/facets', () => HttpResponse.json({ total: 2, statuses: [{ value: 'completed', count: 1 }, { value: 'failed', count: 1 }], tags: [{ value: 'launch', count: 1 }], waiting: 3 })),
);

describe('the job history', () => {
  beforeEach(() => renderPage(<HistoryPage />, '/jobs'));

  it('says of each run what it made, how long it took and what it cost', async () => {
    const row = (await screen.findByRole('link', { name: 'Red dress' })).closest('tr');
    expect(row).not.toBeNull();
    for (const text of ['Done', '1 min 20 s', '95 %', '$1.20', '$1.00', 'launch']) expect(within(row as HTMLElement).getByText(text)).toBeInTheDocument();
    expect(row).toHaveTextContent('38 · 2 failed');
  });

  it('is filtered by status, which has its count', async () => {
    await screen.findByRole('link', { name: 'Red dress' });
    await userEvent.click(await screen.findByRole('radio', { name: 'Failed 1' }));
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Red dress' })).not.toBeInTheDocument());
    expect(asked.get('status')).toBe('failed');
  });

  it('finds what waits for a review, which is where a person is needed', async () => {
    await screen.findByRole('link', { name: 'Red dress' });
    await userEvent.click(await screen.findByRole('radio', { name: 'Waiting for you 3' }));
    await waitFor(() => expect([asked.get('status'), asked.get('status_reason')]).toEqual(['paused', 'review']));
  });

  it('leaves simulations out until they are asked for', async () => {
    await screen.findByRole('link', { name: 'Red dress' });
    expect(asked.get('simulate')).toBe('false');
    await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Simulations' }));
    await waitFor(() => expect(asked.get('simulate')).toBe('true'));
  });

  it('is a table or cards, as this browser was told last', async () => {
    await screen.findByRole('table');
    await userEvent.click(screen.getByRole('radio', { name: 'Cards' }));
    const cards = await screen.findByRole('list', { name: 'Runs' });
    expect(screen.queryByRole('table')).not.toBeInTheDocument();
    const [card] = within(cards).getAllByRole('listitem');
    expect(card).toHaveTextContent('38 · 2 failed · 95 % succeeded');
    expect(card).toHaveTextContent('$1.00 of $1.20');
    await userEvent.click(screen.getByRole('radio', { name: 'Table' }));
    await screen.findByRole('table');
  });

  it('retries what failed in several runs at the price that was shown', async () => {
    const sent: unknown[] = [];
    server.use(
      http.post('*/pipelines/:id/retry', async ({ request, params }) => {
        const body = (await request.json()) as { quote?: boolean };
        if (body.quote) return HttpResponse.json({ currency: 'USD', items: 2, may_have_been_bought: 0, reasons: [], lines: [], total: 0.056, total_display: '$0.06', budget_usd: null, budget_left: null, passes_budget: false, warnings: [] });
        sent.push([params.id, body]);
        return HttpResponse.json({}, { status: 202 });
      }),
    );
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all shown' }));
    await userEvent.click(screen.getByRole('button', { name: 'Retry failed' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Retry 4 items · up to $0.11' }));
    await waitFor(() => expect(sent).toEqual([['7', { max_cost_usd: 0.056 }], ['8', { max_cost_usd: 0.056 }]]));
    expect(await screen.findByText('2 runs retried')).toBeInTheDocument();
  });

  it('runs again for the price on the button and tells what did not start', async () => {
    server.use(
      http.post('*/pipelines/:id/clone', ({ params }) => HttpResponse.json({ id: Number(params.id) + 100 }, { status: 201 })),
      http.post('*/pipelines/107/run', () => HttpResponse.json({}, { status: 202 })),
      http.post('*/pipelines/108/run', () => HttpResponse.json({ type: '/problems/quote_changed', title: 'The price has changed.', status: 409, detail: 'It would cost $2 now.' }, { status: 409 })),
    );
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all shown' }));
    await userEvent.click(screen.getByRole('button', { name: 'Run again' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Run 2 runs again · up to $2.40' }));
    expect(await screen.findByText('1 run started again')).toBeInTheDocument();
    expect(await screen.findByText('It would cost $2 now.')).toBeInTheDocument();
  });

  it('deletes after asking, and keeps what was made unless told otherwise', async () => {
    const deleted: string[] = [];
    server.use(http.delete('*/pipelines/:id', ({ request }) => {
      deleted.push(new URL(request.url).pathname + new URL(request.url).search);
      return new HttpResponse(null, { status: 204 });
    }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Red dress' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await userEvent.click(within(screen.getByRole('dialog', { name: 'Delete 1 run?' })).getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(deleted).toEqual(['/pipelines/7?keep_assets=true']));
    await waitFor(() => expect(screen.getByRole('heading', { name: 'Job history' })).toHaveFocus());
  });
});
