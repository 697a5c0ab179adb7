import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Asset } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { aLineageNode, aModel, anAsset, anEvent } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { withSize } from '@/testing/sized';
import { toast } from '@/ui/toast';
import { LibraryPage } from './library-page';

class FakeSocket {
  static last: FakeSocket;
  onopen?: () => void;
  onmessage?: (message: { data: string }) => void;
  onclose?: () => void;
  constructor(readonly url: string | URL) {
    FakeSocket.last = this;
  }
  close() {}
}

const photo = anAsset({ id: 9, name: 'me.png', source: 'uploaded', model: null, prompt: null, output_id: null, pipeline_id: null, cost: null });
let stored: Asset[];
let asked: URLSearchParams;
let marks: unknown[];
let looks = 0;

const matching = (query: URLSearchParams) =>
  stored.filter(
    (asset) =>
      (query.get('trashed') === 'true') === (asset.deleted_at !== null) &&
      (!query.get('q') || asset.prompt?.includes(query.get('q') ?? '')) &&
      (!query.get('model') || asset.model === query.get('model')) &&
      (!query.get('made_from') || asset.id === 3) &&
      (!query.get('type') || asset.type === query.get('type')) &&
      (!query.get('starred') || asset.starred),
  );
const idsOf = async (request: Request) => ((await request.json()) as { ids: number[] }).ids;

const node = aLineageNode;

testServer(
  http.get('*/models', () => HttpResponse.json({ data: [aModel(), aModel({ id: 'nano', name: 'Nano' })] })),
  http.get('*/collections', () => HttpResponse.json({ data: [{ id: 5, name: 'Golden hour', assets: 1, cover_url: null, created_at: '2026-11-24T10:00:00Z' }] })),
  http.get('*/assets/index', ({ request }) => {
    asked = new URL(request.url).searchParams;
    if (asked.has('limit')) looks += 1;
    const found = matching(asked).slice(0, Number(asked.get('limit') ?? Infinity));
    return HttpResponse.json({
      shapes: [{ type: 'image', width: 640, height: 480, duration_sec: null }], id: found.map(({ id }) => id), shape: found.map(() => 0), created_at: found.map(({ created_at }) => Date.parse(created_at) / 1000), next_cursor: null,
    });
  }),
  http.get('*/assets/facets', ({ request }) => {
    const found = matching(new URL(request.url).searchParams);
    const models = [...new Set(found.map(({ model }) => model).filter((model) => model !== null))];
    return HttpResponse.json({
      total: found.length, types: [{ value: 'image', count: found.length }], sources: [], starred: found.filter(({ starred }) => starred).length, ratings: [1, 2, 3, 4, 5].map((stars) => ({ min_rating: stars, count: 0 })),
      models: models.map((value) => ({ value, count: found.filter(({ model }) => model === value).length })), pipelines: [], tags: [], collections: [],
    });
  }),
  http.get('*/assets/:id/lineage', ({ params }) =>
    HttpResponse.json({
      asset_id: Number(params.id), cost: 0.028, made: [node({ asset_id: 40, output_id: 8, name: 'clip.mp4', kind: 'video' })], made_total: 104,
      chain: [
        node({ kind: 'source', asset_id: 9, name: 'me.png', url: '/assets/9/content', thumbnail_url: '/assets/9/thumbnail', pipeline_id: null, pipeline_name: null }),
        node({ kind: 'prompt', text: 'red dress' }),
        node({
          asset_id: Number(params.id), output_id: 3, from_asset_id: 9, prompt: 'red dress', model: 'nano', provider: 'fal', seed: 42, cost: 0.028,
          making: {
            item_id: 1, attempts: 2, crashes: 0, provider_request_id: 'req-1', quoted_cost: 0.028, actual_cost: 0.028, queued_at: '2026-11-24T10:00:00Z', started_at: '2026-11-24T10:00:04Z', finished_at: '2026-11-24T10:00:12Z',
            earlier: [{ until_attempt: 1, model: 'kling-image', provider: 'replicate', prompt: 'red', seed: 41, quoted_cost: 0.028 }],
          },
        }),
      ],
    }),
  ),
  http.get('*/assets', ({ request }) => {
    const ids = new URL(request.url).searchParams.getAll('ids').map(Number);
    return HttpResponse.json({ data: stored.filter(({ id }) => ids.includes(id)), next_cursor: null });
  }),
  http.get('*/pipelines/7', () =>
    HttpResponse.json({ id: 7, mode: 'auto', checkpoints: [], budget_usd: null, inputs: { images: [], prompts: ['one', 'two'], combine: 'all' }, steps: [{ step_type: 'i2i', status: 'completed', config: { model: 'kling-image', images_per_prompt: 4, aspect_ratio: '9:16' } }] }),
  ),
  http.put('*/assets', async ({ request }) => {
    const body = (await request.json()) as { ids: number[]; star?: boolean; rating?: number };
    marks.push(body);
    stored = stored.map((asset) => (body.ids.includes(asset.id) ? { ...asset, starred: body.star ?? asset.starred, rating: body.rating ?? asset.rating } : asset));
    return new HttpResponse(null, { status: 204 });
  }),
  http.post('*/assets/delete', async ({ request }) => {
    const ids = await idsOf(request);
    stored = stored.map((asset) => (ids.includes(asset.id) ? { ...asset, deleted_at: '2026-11-29T10:00:00Z' } : asset));
    return HttpResponse.json({ deleted: ids, kept: [] });
  }),
  http.post('*/assets/restore', async ({ request }) => {
    const ids = await idsOf(request);
    stored = stored.map((asset) => (ids.includes(asset.id) ? { ...asset, deleted_at: null } : asset));
    return HttpResponse.json({ restored: ids });
  }),
);

/** A run has made these, and the feed says so. */
function make(...assets: Asset[]) {
  stored = [...assets.toReversed(), ...stored];
  looks = 0;
  act(() => {
    FakeSocket.last.onopen?.();
    FakeSocket.last.onmessage?.({ data: JSON.stringify(anEvent(1, 'output_ready', { pipeline_id: 7, step_id: 3, output_id: 8, output_url: null, output_type: 'image', thumbnail_url: null })) });
  });
}

const tile = (name: string) => screen.findByRole('button', { name });
const shown = (name: string) => screen.queryByRole('button', { name });

describe('the library', () => {
  withSize(1000, 900);
  beforeEach(async () => {
    vi.stubGlobal('WebSocket', FakeSocket);
    sessionStorage.clear();
    toast.clear();
    marks = [];
    stored = [anAsset({ id: 3, name: 'image-3.jpg', model: 'nano' }), anAsset({ id: 2, name: 'image-2.jpg' }), anAsset({ id: 1, name: 'image-1.jpg' }), photo];
    await renderPage(<LibraryPage />, '/library');
  });

  it('is filtered with counts, by what the address then says, and cleared in one press', async () => {
    await tile('image-3.jpg');
    await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
    const models = await screen.findByRole('group', { name: 'Model' });
    await waitFor(() => expect(within(models).getAllByRole('button').map((chip) => chip.textContent)).toEqual(['Nano1', 'Kling Image2']));
    await userEvent.click(within(models).getByRole('button', { name: /Nano/ }));
    await waitFor(() => expect(shown('image-1.jpg')).not.toBeInTheDocument());
    expect(asked.get('model')).toBe('nano');
    await userEvent.keyboard('{Escape}');
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await tile('image-1.jpg')).toBeInTheDocument();
  });

  it('leads out of a search that found nothing', async () => {
    await tile('image-1.jpg');
    await userEvent.type(screen.getByRole('searchbox'), 'zebra');
    expect(await screen.findByText('Nothing matches')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    expect(await tile('image-1.jpg')).toBeInTheDocument();
    expect(screen.getByRole('searchbox')).toHaveValue('');
  });

  it('puts what is deleted into the trash, and undo brings it back', async () => {
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select image-2.jpg' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    expect(await screen.findByText('1 item moved to the trash')).toBeInTheDocument();
    await waitFor(() => expect(shown('image-2.jpg')).not.toBeInTheDocument());
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await tile('image-2.jpg')).toBeInTheDocument();
  });

  it('shows the trash, from which things are restored', async () => {
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select image-2.jpg' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await userEvent.click(within(screen.getByRole('navigation')).getByRole('button', { name: /^Trash/ }));
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select image-2.jpg' }));
    expect(shown('image-1.jpg')).not.toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Restore' }));
    expect(await screen.findByText('The trash is empty')).toBeInTheDocument();
  });

  it('takes marks by keyboard on the picture that has the focus, and shows them at once', async () => {
    const picture = await tile('image-1.jpg');
    await waitFor(() => expect(asked).toBeDefined());
    act(() => picture.focus());
    await userEvent.keyboard('.5');
    expect(await screen.findByLabelText('Starred')).toBeInTheDocument();
    expect(screen.getByLabelText('Rated 5 of 5')).toBeInTheDocument();
    await waitFor(() => expect(marks).toEqual([{ ids: [1], star: true }, { ids: [1], rating: 5 }]));
  });

  it('tells how a picture was made and puts everything of it on the Playground', async () => {
    await userEvent.click(await tile('image-1.jpg'));
    const chain = await screen.findByRole('region', { name: 'How it was made' });
    expect([...chain.querySelectorAll('ol > li b')].map((title) => title.textContent)).toEqual(['me.png', 'Prompt', 'This image']);
    fireEvent.click(within(chain).getByRole('button', { name: 'Details' }));
    expect(within(chain).getByText('kling-image · Replicate · seed 41 · $0.028')).toBeInTheDocument();
    expect(within(chain).getByText('2 times')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Recall on the Playground' }));
    expect(await screen.findByText('at /playground')).toBeInTheDocument();
    expect(draftStore.get()).toMatchObject({ mode: 'i2i', prompt: 'red dress', images: [{ assetId: 9, name: 'me.png' }], image: { model: 'nano', count: 4, ratio: '9:16' } });
  });

  it('leads to a workflow of how a picture was made', async () => {
    await userEvent.click(await tile('image-1.jpg'));
    await userEvent.click(await screen.findByRole('button', { name: 'Use as workflow' }));
    expect(await screen.findByText('at /workflows')).toBeInTheDocument();
  });

  it('leads on to everything that was made of it', async () => {
    await userEvent.click(await tile('image-1.jpg'));
    await userEvent.click(await screen.findByRole('button', { name: 'and 103 more' }));
    expect(await screen.findByRole('button', { name: 'Remove the filter Made from: Made from one picture' })).toBeInTheDocument();
    await waitFor(() => expect(shown('image-1.jpg')).not.toBeInTheDocument());
    expect(asked.get('made_from')).toBe('1');
  });

  it('says how many are new to somebody who is in the middle of it, and shows them when asked', async () => {
    const [main] = [await screen.findByRole('main')];
    await tile('image-3.jpg');
    act(() => {
      Object.defineProperty(main, 'scrollTop', { value: 400, writable: true, configurable: true });
      fireEvent.scroll(main);
    });
    make(anAsset({ id: 50, name: 'image-50.jpg' }), anAsset({ id: 51, name: 'image-51.jpg' }));
    const news = await screen.findByRole('button', { name: '2 new' });
    expect(shown('image-50.jpg')).not.toBeInTheDocument();
    await userEvent.click(news);
    expect(await tile('image-51.jpg')).toBeInTheDocument();
    expect(main.scrollTop).toBe(0);
    expect(screen.queryByRole('button', { name: '2 new' })).not.toBeInTheDocument();
  });

  it('shows what is new at once to somebody who is at its beginning', async () => {
    await tile('image-3.jpg');
    make(anAsset({ id: 50, name: 'image-50.jpg' }));
    expect(await tile('image-50.jpg')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: '1 new' })).not.toBeInTheDocument();
  });

  it('does not call new what was deleted', async () => {
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select image-3.jpg' }));
    make();
    await waitFor(() => expect(looks).toBe(1));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(shown('image-3.jpg')).not.toBeInTheDocument());
    await waitFor(() => expect(looks).toBeGreaterThan(1));
    expect(screen.queryByRole('button', { name: '1 new' })).not.toBeInTheDocument();
  });
});
