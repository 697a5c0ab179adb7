import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { expect, it } from 'vitest';
import { testServer } from '@/testing/server';
import { Root } from './root';

const signedIn = { signed_in: true, demo_available: true, user: { name: 'Demo' }, workspace: { id: 1, name: 'Demo' } };
const signedOut = { signed_in: false, demo_available: true, user: null, workspace: null };
let session: object = signedIn;

testServer(
  http.get('*/session', () => HttpResponse.json(session)),
  http.post('*/session/demo', () => {
    session = signedIn;
    return HttpResponse.json(session);
  }),
  http.get('*/pipelines', () => HttpResponse.json({ data: [], next_cursor: null })),
  http.get('*/usage', () => HttpResponse.json({ total: { count: 0, amount: 0, simulated_count: 0, simulated_amount: 0 } })),
);

async function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const root = createRootRoute({ component: Root });
  const router = createRouter({ routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path: '/', component: () => <input aria-label="work" /> })]), history: createMemoryHistory() });
  await router.load();
  render(
    <QueryClientProvider client={client}>
      <RouterProvider router={router as never} />
    </QueryClientProvider>,
  );
  return client;
}

it('asks to sign in over the page when the session has ended, and goes on with what was there', async () => {
  session = signedIn;
  const client = await show();
  await userEvent.type(await screen.findByRole('textbox', { name: 'work' }), 'half done');
  session = signedOut;
  await client.invalidateQueries({ queryKey: ['session'] });
  expect(await screen.findByRole('dialog', { name: 'Sign in again' })).toBeInTheDocument();
  expect(screen.getByLabelText('work')).toHaveValue('half done');
  await userEvent.click(screen.getByRole('button', { name: 'Open the demo workspace' }));
  await waitFor(() => expect(screen.queryByRole('dialog', { name: 'Sign in again' })).not.toBeInTheDocument());
  expect(screen.getByLabelText('work')).toHaveValue('half done');
});

it('shows the sign-in page to whoever was not there before', async () => {
  session = signedOut;
  await show();
  expect(await screen.findByRole('heading', { name: /From one photo/ })).toBeInTheDocument();
  expect(screen.queryByRole('textbox', { name: 'work' })).not.toBeInTheDocument();
});
