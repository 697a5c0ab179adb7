import { screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import type { Provider } from '@/domain/api';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { Providers } from './providers';

const server = testServer();

const aProvider = (over: Partial<Provider> = {}): Provider => ({
  name: 'fal', simulated: false, key: null, key_hint: null, takes_key: true, makes: ['image', 'video'], serves: 36, stands_by_for: 0, state: 'free', until: null, limits: [], last_error: null, ...over,
});

function answer(providers: () => Provider[]) {
  server.use(
    http.get('*/providers', () => HttpResponse.json({ data: providers(), next_cursor: null })),
    http.get('*/usage', () => HttpResponse.json({ data: [{ key: 'fal', count: 3, amount: 1.25 }] })),
  );
}

describe('the providers in the settings', () => {
  it('keeps a key, tries it, and never shows it', async () => {
    let kept: unknown;
    answer(() => [aProvider(kept ? { key: 'workspace', key_hint: '…cret' } : {})]);
    server.use(
      http.put('*/providers/fal/key', async ({ request }) => {
        kept = await request.json();
        return HttpResponse.json({ provider: 'fal', hint: '…cret', changed_at: '2026-11-29T10:00:00Z' });
      }),
      http.post('*/providers/fal/check', () => HttpResponse.json({ provider: 'fal', state: 'works', message: 'fal takes the workspace’s key.', checked_at: '2026-11-29T10:00:01Z' })),
    );
    await renderPage(<Providers />);
    expect(await screen.findByText('no key')).toBeInTheDocument();

    await userEvent.click(screen.getByRole('button', { name: 'Add your key' }));
    await userEvent.type(screen.getByLabelText('Key'), ' id:secret ');
    await userEvent.click(screen.getByRole('button', { name: 'Keep the key' }));

    expect(await screen.findByText('your key …cret')).toBeInTheDocument();
    expect(await screen.findByText('fal takes the workspace’s key.')).toBeInTheDocument();
    expect(kept).toEqual({ key: 'id:secret' });
    expect(screen.queryByDisplayValue(/secret/)).not.toBeInTheDocument();
  });

  it('says what is wrong with a key and keeps the dialog open', async () => {
    answer(() => [aProvider()]);
    server.use(
      http.put('*/providers/fal/key', () =>
        HttpResponse.json({ title: 'Some of the input cannot be accepted.', status: 422, detail: '1 thing to fix; see errors.', errors: { '/key': ['A key of fal has two parts with a colon between them: id:secret.'] } }, { status: 422 }),
      ),
    );
    await renderPage(<Providers />);
    await userEvent.click(await screen.findByRole('button', { name: 'Add your key' }));
    await userEvent.type(screen.getByLabelText('Key'), 'onepartonly');
    await userEvent.click(screen.getByRole('button', { name: 'Keep the key' }));
    expect(await screen.findByRole('alert')).toHaveTextContent('two parts');
  });

  it('shows whose key pays, what is wrong and what was spent', async () => {
    answer(() => [
      aProvider({ key: 'installation', state: 'down', last_error: { code: 'provider_down', message: 'fal failed (503).', at: new Date().toISOString() } }),
      aProvider({ name: 'anthropic', key: 'workspace', key_hint: '…1234', makes: ['prompt'], serves: 0 }),
      aProvider({ name: 'no-op', simulated: true, takes_key: false }),
    ]);
    await renderPage(<Providers />);
    const rows = (await screen.findAllByRole('listitem')).map((row) => within(row));
    expect(rows).toHaveLength(2);
    const [fal, anthropic] = rows;
    expect(fal?.getByText('does not answer')).toBeInTheDocument();
    expect(fal?.getByText('fal failed (503).')).toBeInTheDocument();
    expect(await fal?.findByText('$1.25 this month')).toBeInTheDocument();
    expect(anthropic?.getByText('writes prompts')).toBeInTheDocument();
  });

  it('removes a key after asking', async () => {
    let removed = 0;
    answer(() => [aProvider(removed ? {} : { key: 'workspace', key_hint: '…cret' })]);
    server.use(
      http.delete('*/providers/fal/key', () => {
        removed += 1;
        return new HttpResponse(null, { status: 204 });
      }),
    );
    await renderPage(<Providers />);
    await userEvent.click(await screen.findByRole('button', { name: 'Remove' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    expect(await screen.findByText('no key')).toBeInTheDocument();
    expect(removed).toBe(1);
  });
});
