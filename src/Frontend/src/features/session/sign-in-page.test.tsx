import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { SignInPage } from './sign-in-page';

const server = testServer();
const session = { signed_in: false, demo_available: true, user: null, workspace: null };

describe('the sign-in page', () => {
  it('opens the demo workspace with one press', async () => {
    let opened = 0;
    server.use(http.post('*/session/demo', () => {
      opened += 1;
      return HttpResponse.json({ ...session, signed_in: true, workspace: { id: 1, name: 'Demo' } });
    }));
    await renderPage(<SignInPage session={session} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Open the demo workspace' }));
    await expect.poll(() => opened).toBe(1);
  });

  it('offers no demo where there is none', async () => {
    await renderPage(<SignInPage session={{ ...session, demo_available: false }} />);
    expect(await screen.findByLabelText('Sign in with an API key')).toBeInTheDocument();
    expect(screen.queryByRole('button', { name: 'Open the demo workspace' })).not.toBeInTheDocument();
  });

  it('says what is wrong with a key, without its surrounding blanks', async () => {
    let sent: unknown;
    server.use(http.post('*/session', async ({ request }) => {
      sent = await request.json();
      return HttpResponse.json({ title: 'The key is not valid.', status: 401 }, { status: 401 });
    }));
    await renderPage(<SignInPage session={session} />);
    await userEvent.type(await screen.findByLabelText('Or sign in with an API key'), ' pk_wrong ');
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
    expect(await screen.findByText(/not known, or was revoked/)).toBeInTheDocument();
    expect(sent).toEqual({ api_key: 'pk_wrong' });
  });
});
