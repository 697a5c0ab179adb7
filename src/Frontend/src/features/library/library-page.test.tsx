import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Asset } from '@/domain/api';
import { aModel } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { withSize } from '@/testing/sized';
import { LibraryPage } from './library-page';

const anAsset = (id: number, model: string): Asset => ({
  id, type: 'image', source: 'generated', model, prompt: 'red', name: `image-${id}.jpg`, content_type: 'image/jpeg', width: 640, height: 480, duration_sec: null, bytes: 1000, sha256: '', simulated: true,
  url: `/assets/${id}/content`, thumbnail_url: `/assets/${id}/thumbnail`, pipeline_id: 7, output_id: id, created_at: '2026-11-24T10:00:00Z',
});

const stored = [anAsset(1, 'kling-image'), anAsset(2, 'kling-image'), anAsset(3, 'nano')];
let asked: URLSearchParams;
testServer(
  http.get('*/models', () => HttpResponse.json({ data: [aModel(), aModel({ id: 'nano', name: 'Nano' })] })),
  http.get('*/assets', ({ request }) => {
    asked = new URL(request.url).searchParams;
    const found = asked.get('q') ? [] : stored.filter((asset) => !asked.get('model') || asset.model === asked.get('model'));
    return HttpResponse.json({ data: found, next_cursor: null });
  }),
);

describe('the library', () => {
  withSize(1000, 900);
  beforeEach(() => renderPage(<LibraryPage />, '/library'));

  it('is filtered by model and by day, and cleared in one press', async () => {
    await screen.findByRole('button', { name: 'image-3.jpg' });
    await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
    const models = await screen.findByRole('group', { name: 'Model' });
    await waitFor(() => expect(within(models).getAllByRole('button').map((chip) => chip.textContent)).toEqual(['Kling Image2', 'Nano1']));
    await userEvent.click(within(models).getByRole('button', { name: /Nano/ }));
    await waitFor(() => expect(screen.queryByRole('button', { name: 'image-1.jpg' })).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole('button', { name: 'Last 7 days' }));
    await waitFor(() => expect(Number(new Date(asked.get('from') ?? ''))).toBeLessThan(Date.now()));
    expect(asked.get('model')).toBe('nano');
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByRole('button', { name: 'image-1.jpg' })).toBeInTheDocument();
    expect([asked.get('model'), asked.get('from')]).toEqual([null, null]);
  });

  it('leads out of a search that found nothing', async () => {
    await screen.findByRole('button', { name: 'image-1.jpg' });
    await userEvent.type(screen.getByRole('searchbox'), 'zebra');
    expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await screen.findByRole('button', { name: 'image-1.jpg' })).toBeInTheDocument();
  });

  it('deletes only what is selected', async () => {
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select image-2.jpg' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(screen.getByText('Delete 1 item?')).toBeInTheDocument();
  });
});
