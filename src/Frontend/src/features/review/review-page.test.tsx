import { act, fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Onward, Pipeline } from '@/domain/api';
import type { OutputIndexAnswer } from '@/domain/outputs/output-index';
import { anEvent, anIndexAnswer, anOutput, aPipeline, aStep } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { withSize } from '@/testing/sized';
import { ReviewPage } from './review-page';

const server = testServer();
vi.mock('@tanstack/react-router', async (original) => ({ ...(await original<typeof import('@tanstack/react-router')>()), useParams: () => ({ id: '7', stepId: '21' }) }));

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

type Change = { id: number; verdict?: string; rating?: number; text?: string };

/** A server that keeps what is said to it. */
function serve(index: OutputIndexAnswer, over: Partial<Pipeline> = {}) {
  const state = { version: 5, puts: [] as Change[][], approvals: [] as { ifMatch: string | null; body: unknown }[], redos: [] as { ifMatch: string | null; body: unknown }[], stale: false, index, files: new Map<number, boolean>(), changes: anIndexAnswer([2], { verdict: ['reject'] }) };
  const step = () => aStep({ id: 21, status: 'review', version: state.version, outputs_total: index.id.length, progress: { total: 4, queued: 0, running: 0, succeeded: 4, failed: 0, cancelled: 0, pct: 100, eta_sec: null }, cost_actual: 0.112, ...over.steps?.[0] });
  const onward = (goes: number, unjudged: number): Onward => {
    const price = (n: number) => ({ outputs: n, total: n * 0.35, total_display: `$${(n * 0.35).toFixed(2)}` });
    return {
      outputs: 4, picked: goes, rejected: 0, unjudged, selected: goes, currency: 'USD', version: state.version, now: goes * 0.35, now_display: price(goes).total_display, total: goes * 0.35, total_display: price(goes).total_display,
      if_all: price(goes + unjudged), if_none_were_rejected: price(4),
      steps: [{ step_id: 22, step_type: 'i2v', what: 'follow_up', model: 'kling', simulated: false, count: goes, unit: 'video', unit_price: 0.35, amount: goes * 0.35, amount_display: price(goes).total_display }],
    };
  };
  server.use(
    http.get('*/pipelines/7', () => HttpResponse.json(aPipeline({ status: 'paused', status_reason: 'review', mode: 'checkpoint', checkpoints: ['i2i'], ...over, steps: [step()] }))),
    http.get('*/pipelines/7/steps/21', () => HttpResponse.json(step())),
    http.get('*/pipelines/7/steps/21/outputs', () => HttpResponse.json({ data: index.id.map((id) => anOutput({ id, type: 'prompt', text: `words ${id}` })), next_cursor: null })),
    http.get('*/pipelines/7/steps/21/outputs/index', ({ request }) => {
      const query = new URL(request.url).searchParams;
      if (query.get('changed_after') || query.get('after')) return HttpResponse.json(query.get('changed_after') ? state.changes : anIndexAnswer([]));
      return HttpResponse.json(state.index);
    }),
    http.get('*/pipelines/7/steps/21/onward', ({ request }) => {
      const verdicts = new Map(state.puts.flat().map(({ id, verdict }) => [id, verdict]));
      const picked = [...verdicts.values()].filter((verdict) => verdict === 'pick').length;
      const judged = [...verdicts.values()].filter((verdict) => verdict && verdict !== 'unset').length;
      return HttpResponse.json(new URL(request.url).searchParams.get('unjudged') === 'leave_out' ? onward(picked, 4 - judged) : onward(4 - judged + picked, 0));
    }),
    http.put('*/pipelines/7/steps/21', async ({ request }) => {
      state.puts.push(((await request.json()) as { outputs: Change[] }).outputs);
      state.version += 1;
      return HttpResponse.json(step());
    }),
    http.post('*/pipelines/7/steps/21/approve', async ({ request }) => {
      state.approvals.push({ ifMatch: request.headers.get('If-Match'), body: await request.json() });
      return state.stale
        ? HttpResponse.json({ type: '/problems/stale', title: 'It changed meanwhile.', status: 412, version: (state.version += 1), changed: { since_version: 5, status: 'review', outputs: 1, picked: 0, rejected: 1, unjudged: 0, output_ids: [2], by: [{ name: 'Anna', outputs: 1, picked: 0, rejected: 1, unjudged: 0 }] } }, { status: 412 })
        : HttpResponse.json({}, { status: 202 });
    }),
    http.post('*/pipelines/7/steps/21/redo', async ({ request }) => {
      const body = (await request.json()) as { quote?: boolean; change?: { prompt?: string } };
      if (!body.quote) state.redos.push({ ifMatch: request.headers.get('If-Match'), body });
      return body.quote
        ? HttpResponse.json({ currency: 'USD', items: 1, may_have_been_bought: 0, reasons: [], lines: [{ step_id: 21, step_type: 'i2i', what: 'redo', model: 'kling-image', simulated: false, count: 1, unit: 'image', unit_price: 0.028, amount: 0.028, amount_display: '$0.03' }], total: 0.028, total_display: '$0.03', budget_usd: null, budget_left: null, passes_budget: false, warnings: [] })
        : HttpResponse.json(step(), { status: 202 });
    }),
    http.get('*/assets', ({ request }) => HttpResponse.json({ data: new URL(request.url).searchParams.getAll('ids').filter((id) => state.files.has(Number(id)) || state.files.size === 0).map((id) => ({ id: Number(id), deleted_at: state.files.get(Number(id)) ? '2026-11-29T10:00:00Z' : null })), next_cursor: null })),
    http.post('*/assets/restore', async ({ request }) => {
      for (const id of ((await request.json()) as { ids: number[] }).ids) state.files.set(id, false);
      return HttpResponse.json({ restored: [] });
    }),
    http.get('*/session', () => HttpResponse.json({ signed_in: true, demo_available: true, user: { id: 1, name: 'Ben' }, workspace: { id: 1, name: 'Demo' } })),
    http.get('*/assets/:id', () => HttpResponse.json({ id: 12, name: 'astronaut.png', width: 640, height: 480 })),
    http.get('*/models', () => HttpResponse.json({ data: [] })),
  );
  return state;
}

const four = anIndexAnswer([1, 2, 3, 4], { prompts: ['gold', 'blue'], prompt: [0, 0, 1, 1] });
const open = () => {
  history.replaceState(null, '', '/jobs/7/review/21');
  return renderPage(<ReviewPage />, '/jobs/7/review/21');
};
const tile = (nth: number) => screen.findAllByRole('button', { name: /Photo 1, (gold|blue)/ }).then((tiles) => tiles[nth - 1] as HTMLElement);

describe('the light table', () => {
  withSize(1200, 800);
  beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket));
  afterEach(() => vi.unstubAllGlobals());

  it('is judged by keys alone: many verdicts are one request, and the price follows', async () => {
    const state = serve(four);
    await open();
    expect(await tile(1)).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('p');
    await userEvent.keyboard('x');
    await userEvent.keyboard('5');
    await waitFor(() => expect(state.puts).toHaveLength(1));
    expect(state.puts[0]).toEqual([{ id: 1, verdict: 'pick' }, { id: 2, verdict: 'reject' }, { id: 3, rating: 5 }]);
    expect(await tile(1)).toHaveAccessibleName('Photo 1, gold, 1 of 2, picked');
    expect(await tile(3)).toHaveAccessibleName('Photo 1, blue, 1 of 2, not yet, 5 of 5 stars');
    const approve = await screen.findByRole('button', { name: 'Make 1 video' });
    expect(approve).toHaveAccessibleDescription('2 not judged are left out');
    expect(approve).toHaveTextContent('$0.35');
    expect(screen.getByText('$1.05 of $1.40')).toBeInTheDocument();
  });

  it('stays where it is when it is not to move on, and takes back the last thing', async () => {
    const state = serve(four);
    await open();
    await tile(1);
    await userEvent.click(screen.getByRole('switch', { name: 'Move on after each decision' }));
    await userEvent.keyboard('p');
    await userEvent.keyboard('x');
    expect(await tile(1)).toHaveAccessibleName(/rejected/);
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(await tile(1)).toHaveAccessibleName(/picked/);
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    expect(await tile(1)).toHaveAccessibleName(/not yet/);
    await waitFor(() => expect(state.puts.flat().at(-1)).toMatchObject({ id: 1, verdict: 'unset' }));
  });

  it('approves the version it has seen, saved first, and leaves out what nobody judged', async () => {
    const state = serve(four);
    await open();
    await tile(1);
    await userEvent.keyboard('p');
    await userEvent.click(await screen.findByRole('button', { name: /Make 1/ }));
    await waitFor(() => expect(state.approvals).toHaveLength(1));
    expect(state.approvals[0]).toEqual({ ifMatch: '"6"', body: { unjudged: 'leave_out' } });
    expect(await screen.findByText('at /jobs/7')).toBeInTheDocument();
  });

  it('explains what somebody else changed and goes on from there', async () => {
    const state = serve(four);
    state.stale = true;
    await open();
    await tile(1);
    await userEvent.keyboard('p');
    await userEvent.click(await screen.findByRole('button', { name: /Make 1/ }));
    const notice = await screen.findByRole('alert');
    expect(notice).toHaveTextContent('Anna changed 1 output meanwhile');
    expect(notice).toHaveTextContent('They are now 1 rejected.');
    await userEvent.click(within(notice).getByRole('button', { name: 'Show them' }));
    expect(await screen.findAllByRole('button', { name: /Photo 1, gold/ })).toHaveLength(1);
    state.stale = false;
    await userEvent.click(within(notice).getByRole('button', { name: 'Approve as it is now' }));
    await waitFor(() => expect(state.approvals).toHaveLength(2));
  });

  it('shows what another tab says', async () => {
    const state = serve(four);
    await open();
    await tile(1);
    state.version = 9;
    act(() => {
      FakeSocket.last?.onopen();
      FakeSocket.last?.onmessage({ data: JSON.stringify(anEvent(1, 'review_changed', { pipeline_id: 7, step_id: 21, version: 9 })) });
    });
    await waitFor(async () => expect(await tile(2)).toHaveAccessibleName(/rejected/));
  });

  it('filters by state, compares in step with the keys, and opens the loupe', async () => {
    serve(four);
    await open();
    await tile(1);
    await userEvent.keyboard('p');
    await userEvent.click(screen.getByRole('radio', { name: /Picked/ }));
    expect(await screen.findAllByRole('button', { name: /Photo 1/ })).toHaveLength(1);
    await userEvent.click(screen.getByRole('radio', { name: /^All/ }));
    await userEvent.keyboard('c');
    expect(within(screen.getByRole('group', { name: 'Compare' })).getAllByRole('button')).toHaveLength(2);
    await userEvent.keyboard('z');
    expect(screen.getByRole('group', { name: 'Filmstrip' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('group', { name: 'Light table' })).toBeInTheDocument();
  });

  it('makes one anew at a price, and rejects it', async () => {
    const state = serve(four);
    await open();
    await tile(1);
    await userEvent.keyboard('r');
    const dialog = await screen.findByRole('dialog', { name: 'Make this image anew' });
    const go = await within(dialog).findByRole('button', { name: 'Make 1 image anew' });
    expect(go).toHaveTextContent('$0.03');
    await userEvent.click(go);
    expect(await screen.findByText('1 image is made anew')).toBeInTheDocument();
    expect(state.redos).toEqual([{ ifMatch: null, body: { output_ids: [1], max_cost_usd: 0.028 } }]);
    await waitFor(() => expect(state.puts.flat()).toContainEqual({ id: 1, verdict: 'reject' }));
  });

  it('leaves a verdict as it is when making anew is thought better of', async () => {
    const state = serve(four);
    await open();
    await tile(1);
    await userEvent.keyboard('r');
    await screen.findByRole('dialog', { name: 'Make this image anew' });
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
    expect(await tile(1)).toHaveAccessibleName(/not yet/);
    expect(state.puts).toEqual([]);
  });

  it('opens a stack by key and by pointer, shows what lies in it alone, and closes it', async () => {
    const six = anIndexAnswer([1, 2, 3, 4, 5, 6, 7], { prompts: ['gold', 'blue'], prompt: [0, 0, 0, 0, 0, 0, 1] });
    serve(six);
    await open();
    const top = await screen.findByRole('button', { name: 'Photo 1, gold, stack of 6, not yet' });
    // The arrow keys take it as one place.
    await userEvent.keyboard('{ArrowRight}');
    expect(await screen.findByRole('button', { name: /Photo 1, blue/ })).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('{ArrowLeft}');
    expect(top).toHaveAttribute('aria-current', 'true');
    await userEvent.keyboard('{Enter}');
    expect(within(await screen.findByRole('group', { name: 'Grid' })).getAllByRole('button')).toHaveLength(6);
    await userEvent.keyboard('{Enter}');
    expect(screen.getByText('1 / 6')).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    expect(screen.getByRole('group', { name: 'Grid' })).toBeInTheDocument();
    await userEvent.keyboard('{Escape}');
    await userEvent.click(await screen.findByRole('button', { name: /^Open the stack: Photo 1, gold/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Close the stack' }));
    expect(screen.getByRole('group', { name: 'Light table' })).toBeInTheDocument();
  });

  it('says what was deleted while it is compared, keeps the rest and goes on to the next', async () => {
    const state = serve({ ...four, asset_id: [51, 52, 53, 54] });
    for (const id of [51, 52, 53, 54]) state.files.set(id, false);
    await open();
    await tile(1);
    await userEvent.keyboard('c');
    const compare = screen.getByRole('group', { name: 'Compare' });
    expect(within(compare).getAllByRole('button')).toHaveLength(2);
    state.files.set(51, true);
    act(() => void window.dispatchEvent(new Event('visibilitychange')));
    expect(await within(compare).findByRole('alert')).toHaveTextContent('This one was moved to the trash meanwhile.');
    await userEvent.click(within(compare).getByRole('button', { name: 'Bring it back' }));
    await waitFor(() => expect(within(compare).queryByRole('alert')).toBeNull());
    state.files.delete(52);
    act(() => void window.dispatchEvent(new Event('visibilitychange')));
    expect(await within(compare).findByRole('alert')).toHaveTextContent('This one was deleted meanwhile.');
    await userEvent.click(within(compare).getByRole('button', { name: 'Compare the next one' }));
    await waitFor(() => expect(within(compare).getAllByRole('button', { name: /gold|blue/ })).toHaveLength(2));
    expect(state.puts).toEqual([]);
  });

  it('picks the best of each source in one go, to be taken back in one go', async () => {
    const state = serve({ ...four, rating: [3, 5, null, 4] });
    await open();
    await tile(1);
    await userEvent.click(screen.getByRole('button', { name: 'Many at once' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Pick the best one of each source' }));
    await waitFor(() => expect(state.puts[0]).toHaveLength(4));
    expect(await tile(2)).toHaveAccessibleName(/picked/);
    fireEvent.keyDown(window, { key: 'z', ctrlKey: true });
    await waitFor(() => expect(state.puts.at(-1)?.every(({ verdict }) => verdict === 'unset')).toBe(true));
  });

  it('corrects prompts in place', async () => {
    const state = serve({ ...four, asset_id: [null, null, null, null] }, { steps: [aStep({ step_type: 'prompt_enhance', config: {}, status: 'review', version: 5, outputs_total: 4 })] });
    await open();
    const words = await screen.findByRole('textbox', { name: 'Words of prompt 1' });
    await waitFor(() => expect(words).toHaveValue('words 1'));
    await userEvent.type(words, ' of gold{Enter}');
    await waitFor(() => expect(state.puts.flat()).toContainEqual({ id: 1, text: 'words 1 of gold' }));
    expect(screen.getByRole('button', { name: 'Prompt 1, not yet' })).toHaveFocus();
  });
});

describe('a review that rolls', () => {
  withSize(1200, 800);
  beforeEach(() => vi.stubGlobal('WebSocket', FakeSocket));
  afterEach(() => vi.unstubAllGlobals());
  const gone = anIndexAnswer([1], { verdict: ['pick'], settled: [true], prompts: ['gold'], prompt: [0] });

  it('shows what has gone on and what waits, and sends a pick on when it is told to', async () => {
    const state = serve(four, { review: 'rolling' });
    state.changes = gone;
    await open();
    expect(await tile(1)).toBeInTheDocument();
    expect(screen.getByText('Picks go on at once')).toBeInTheDocument();
    await userEvent.keyboard('p');
    expect(screen.getByText('1 goes on in a few seconds')).toBeInTheDocument();
    expect(state.puts).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Now' }));
    await waitFor(() => expect(state.puts).toEqual([[{ id: 1, verdict: 'pick' }]]));
    expect(await screen.findByText('Sent on')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('radio', { name: 'Gone on 1' }));
    expect(screen.getAllByRole('button', { name: /Photo 1/ })).toHaveLength(1);
    expect(await screen.findByRole('button', { name: /^Make \d/ })).toHaveAccessibleDescription('Picks go on by themselves; this sends on the rest');
  });

  it('has all rejected ones made anew by name, so that the last verdict does not end it first', async () => {
    const state = serve({ ...four, verdict: ['pick', 'reject', 'reject', 'unset'], settled: [true, false, false, false], redone: [false, false, true, false] }, { review: 'rolling' });
    await open();
    await tile(1);
    await userEvent.keyboard('{End}x');
    await userEvent.click(screen.getByRole('button', { name: 'Many at once' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Redo all rejected…' }));
    await userEvent.click(await screen.findByRole('button', { name: /^Make 1 image anew/ }));
    await waitFor(() => expect(state.redos).toEqual([{ ifMatch: '"5"', body: { output_ids: [2, 4], max_cost_usd: 0.028 } }]));
    expect(state.puts).toEqual([]);
  });

  it('can be ended when all is judged and something went on', async () => {
    const state = serve({ ...four, verdict: ['pick', 'reject', 'reject', 'reject'], settled: [true, false, false, false] }, { review: 'rolling' });
    await open();
    await userEvent.click(await screen.findByRole('button', { name: 'End the review' }));
    await waitFor(() => expect(state.approvals).toHaveLength(1));
  });
});

describe('on a phone', () => {
  withSize(390, 800);
  beforeEach(() => {
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('matchMedia', (query: string) => ({ matches: query.includes('max-width'), media: query, addEventListener: () => {}, removeEventListener: () => {} }));
  });
  afterEach(() => vi.unstubAllGlobals());

  it('shows one card at a time: right picks, left rejects, up rates', async () => {
    const state = serve(four);
    await open();
    const card = () => screen.getByTestId('card');
    await screen.findByTestId('card');
    const swipe = (dx: number, dy: number) => {
      fireEvent.pointerDown(card(), { pointerId: 1, pointerType: 'touch', isPrimary: true, clientX: 200, clientY: 400 });
      fireEvent.pointerMove(card(), { pointerId: 1, pointerType: 'touch', clientX: 200 + dx, clientY: 400 + dy });
      fireEvent.pointerUp(card(), { pointerId: 1, pointerType: 'touch', clientX: 200 + dx, clientY: 400 + dy });
    };
    swipe(140, 0);
    swipe(-140, 10);
    swipe(40, 0);
    expect(screen.getByText('3 / 4')).toBeInTheDocument();
    swipe(0, -140);
    await userEvent.click(within(card()).getByRole('button', { name: '4 stars' }));
    await waitFor(() => expect(state.puts.flat()).toEqual(expect.arrayContaining([{ id: 1, verdict: 'pick' }, { id: 2, verdict: 'reject' }, { id: 3, rating: 4 }])));
  });

  it('has all that is on the desktop: redo at a price, many at once, a grid and a comparison', async () => {
    const state = serve({ ...four, rating: [3, 5, null, 4] });
    await open();
    await screen.findByTestId('card');
    await userEvent.click(screen.getByRole('button', { name: /^Redo/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Make this image anew' });
    await userEvent.type(within(dialog).getByRole('textbox', { name: 'Other words' }), 'softer');
    await waitFor(() => expect(within(dialog).getByRole('button', { name: 'Make 1 image anew' })).toHaveAccessibleDescription('1 × $0.028, kling-image'));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make 1 image anew' }));
    await waitFor(() => expect(state.redos.at(-1)?.body).toMatchObject({ output_ids: [1], change: { prompt: 'softer' } }));
    await userEvent.click(screen.getByRole('button', { name: 'Many at once' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Pick the best one of each source' }));
    await waitFor(() => expect(state.puts.flat()).toContainEqual({ id: 2, verdict: 'pick' }));
    await userEvent.click(screen.getByRole('radio', { name: 'Compare' }));
    expect(within(screen.getByRole('group', { name: 'Compare' })).getAllByRole('button')).toHaveLength(2);
    await userEvent.click(screen.getByRole('radio', { name: 'Grid' }));
    expect(within(screen.getByRole('group', { name: 'Grid' })).getAllByRole('button')).toHaveLength(4);
    expect(screen.getByRole('button', { name: 'Pick' })).toBeInTheDocument();
  });
});
