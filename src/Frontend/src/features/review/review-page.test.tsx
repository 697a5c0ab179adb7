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
  const state = { version: 5, puts: [] as Change[][], approvals: [] as { ifMatch: string | null; body: unknown }[], stale: false, index };
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
      if (query.get('changed_after') || query.get('after')) return HttpResponse.json(anIndexAnswer(query.get('changed_after') ? [2] : [], { verdict: ['reject'] }));
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
        ? HttpResponse.json({ type: '/problems/stale', title: 'It changed meanwhile.', status: 412, version: (state.version += 1), changed: { since_version: 5, status: 'review', outputs: 1, picked: 0, rejected: 1, unjudged: 0, output_ids: [2] } }, { status: 412 })
        : HttpResponse.json({}, { status: 202 });
    }),
    http.post('*/pipelines/7/steps/21/redo', async ({ request }) => {
      const body = (await request.json()) as { quote?: boolean; change?: { prompt?: string } };
      return body.quote
        ? HttpResponse.json({ currency: 'USD', items: 1, may_have_been_bought: 0, reasons: [], lines: [{ step_id: 21, step_type: 'i2i', what: 'redo', model: 'kling-image', simulated: false, count: 1, unit: 'image', unit_price: 0.028, amount: 0.028, amount_display: '$0.03' }], total: 0.028, total_display: '$0.03', budget_usd: null, budget_left: null, passes_budget: false, warnings: [] })
        : HttpResponse.json(step(), { status: 202 });
    }),
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
    expect(notice).toHaveTextContent('Somebody else changed 1 output meanwhile');
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
    await waitFor(() => expect(state.puts.flat()).toContainEqual({ id: 1, verdict: 'reject' }));
    await userEvent.click(go);
    expect(await screen.findByText('1 image is made anew')).toBeInTheDocument();
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

describe('on a phone', () => {
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
});
