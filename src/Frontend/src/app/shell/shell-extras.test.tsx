import { act, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useRef } from 'react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { noteReached } from '@/api/connection';
import type { PipelineSummary } from '@/domain/api';
import { endTour } from '@/features/tour/tour-draft';
import { aPipeline } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { toast } from '@/ui/toast';
import { ShellExtras } from './shell-extras';

let runs: PipelineSummary[] = [];
let down = false;
const retried: unknown[] = [];
testServer(
  http.get('*/pipelines', () => down ? HttpResponse.error() : HttpResponse.json({ data: runs, next_cursor: null })),
  http.get('*/session', () => down ? HttpResponse.error() : HttpResponse.json({ signed_in: true, demo_available: true, user: null, workspace: { id: 1 } })),
  http.post('*/pipelines/:id/retry', async ({ request, params }) => {
    const body = (await request.json()) as { quote?: boolean };
    if (body.quote) return HttpResponse.json({ items: 1, may_have_been_bought: 0, total: 0.378 });
    retried.push([params.id, body]);
    return HttpResponse.json({}, { status: 202 });
  }),
);

function Extras() {
  const main = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={main}>page</div>
      <ShellExtras main={main} />
    </>
  );
}

const offline = (is: boolean) => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(!is);
  act(() => void window.dispatchEvent(new Event(is ? 'offline' : 'online')));
};

beforeEach(() => {
  runs = [];
  down = false;
  retried.length = 0;
  toast.clear();
});
afterEach(() => noteReached(true));

describe('the connection bar', () => {
  it('comes when the network goes, and goes when it comes', async () => {
    await renderPage(<Extras />, '/library');
    expect(screen.queryByText(/You are offline/)).not.toBeInTheDocument();
    offline(true);
    expect(await screen.findByText(/You are offline. What you entered is kept/)).toBeInTheDocument();
    offline(false);
    await waitFor(() => expect(screen.queryByText(/You are offline/)).not.toBeInTheDocument());
  });

  it('tells a server that does not answer from a network that is gone, and finds out when it is back', async () => {
    down = true;
    await renderPage(<Extras />, '/library');
    expect(await screen.findByText(/The server is not answering/)).toBeInTheDocument();
    down = false;
    await waitFor(() => expect(screen.queryByText(/The server is not answering/)).not.toBeInTheDocument());
  });
});

describe('what is running', () => {
  it('is one press away on a phone', async () => {
    runs = [aPipeline({ id: 9, progress: { total: 20, succeeded: 3, failed: 0, running: 2, eta_sec: 62 } })];
    await renderPage(<Extras />, '/library');
    const link = await screen.findByRole('link', { name: /3\/20 done/ });
    expect(link).toHaveTextContent('about 1 min left');
    expect(link).toHaveAttribute('href', '/jobs/9');
  });

  it('says when it is done, with a way there', async () => {
    runs = [aPipeline({ id: 9 })];
    await renderPage(<Extras />, '/library');
    await screen.findByRole('link', { name: /done/ });
    runs = [aPipeline({ id: 9, status: 'completed' })];
    await userEvent.click(await screen.findByRole('button', { name: 'Open' }, { timeout: 10_000 }));
    expect(await screen.findByText('at /jobs/9')).toBeInTheDocument();
  });

  it('is not said to whoever looks at it', async () => {
    toast.about('run 9').good('“Nine” waits for your review');
    toast.about('run 8').good('“Eight” waits for your review');
    runs = [aPipeline({ id: 9, name: 'Nine' }), aPipeline({ id: 8, name: 'Eight' })];
    await renderPage(<Extras />, '/jobs/9/review/2');
    expect(await screen.findByText('“Eight” waits for your review')).toBeInTheDocument();
    await waitFor(() => expect(screen.queryByText('“Nine” waits for your review')).not.toBeInTheDocument());
    runs = runs.map((run) => ({ ...run, status: 'completed' as const }));
    expect(await screen.findByText('“Eight” is done', {}, { timeout: 10_000 })).toBeInTheDocument();
    expect(screen.queryByText('“Nine” is done')).not.toBeInTheDocument();
  });

  it('can be tried again where it failed, for what it says on the button', async () => {
    runs = [aPipeline({ id: 9 })];
    await renderPage(<Extras />, '/library');
    await screen.findByRole('link', { name: /done/ });
    runs = [aPipeline({ id: 9, status: 'failed' })];
    await userEvent.click(await screen.findByRole('button', { name: 'Retry · up to $0.38' }, { timeout: 10_000 }));
    await waitFor(() => expect(retried).toEqual([['9', { max_cost_usd: 0.378 }]]));
  });
});

describe('the tour', () => {
  it('is offered on the first visit, and never again once declined', async () => {
    const first = await renderPage(<Extras />);
    await userEvent.click(await screen.findByRole('button', { name: 'No tour, thanks' }));
    expect(screen.queryByRole('region', { name: 'A short tour' })).not.toBeInTheDocument();
    expect(localStorage.getItem('pipeline.tour')).toBe('known');
    first.unmount();
    await renderPage(<Extras />);
    expect(screen.queryByRole('region', { name: 'A short tour' })).not.toBeInTheDocument();
    endTour(false);
  });
});
