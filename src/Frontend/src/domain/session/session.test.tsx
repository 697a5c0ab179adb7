import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { draftStore } from '@/domain/draft/draft-store';
import { aDraft } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { followOtherTabs, sessionQuery, useOpenDemo, useSignOut } from './session';

const out = { signed_in: false, demo_available: true, user: null, workspace: null };
const as = (id: number) => ({ signed_in: true, demo_available: true, user: null, workspace: { id, name: `W${id}` } });
let now: object = out;
let next: object = as(1);

testServer(
  http.get('*/session', () => HttpResponse.json(now)),
  http.post('*/session/demo', () => {
    now = next;
    return HttpResponse.json(now);
  }),
  http.delete('*/session', () => {
    now = out;
    return new HttpResponse(null, { status: 204 });
  }),
);

function Who() {
  const { data } = useQuery(sessionQuery);
  const demo = useOpenDemo();
  const leave = useSignOut();
  return (
    <>
      <p>{data ? `in ${data.signed_in ? data.workspace?.id : 'none'}, expired ${data.expired?.workspace?.id ?? 'none'}` : 'asking'}</p>
      <button type="button" onClick={() => demo.mutate()}>enter</button>
      <button type="button" onClick={() => leave.mutate()}>leave</button>
    </>
  );
}

function show() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(['pipelines'], 'of the workspace');
  render(
    <QueryClientProvider client={client}>
      <Who />
    </QueryClientProvider>,
  );
  const expire = async () => {
    now = out;
    await client.invalidateQueries({ queryKey: ['session'] });
  };
  return { client, expire };
}

describe('a session', () => {
  beforeEach(() => {
    now = as(1);
    next = as(1);
    localStorage.clear();
    draftStore.set(() => aDraft({ prompt: 'mine' }));
  });

  it('that ran out remembers whose it was, and goes on with what was there', async () => {
    const { client, expire } = show();
    await screen.findByText('in 1, expired none');
    await expire();
    await screen.findByText('in none, expired 1');
    await expire();
    expect(screen.getByText('in none, expired 1')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'enter' }));
    await screen.findByText('in 1, expired none');
    expect(client.getQueryData(['pipelines'])).toBe('of the workspace');
    expect(draftStore.get().prompt).toBe('mine');
  });

  it('of another workspace shows nothing of the one before', async () => {
    localStorage.setItem('pipeline.workspace', '1 0');
    const { client, expire } = show();
    await screen.findByText('in 1, expired none');
    await expire();
    next = as(2);
    await userEvent.click(screen.getByRole('button', { name: 'enter' }));
    await screen.findByText('in 2, expired none');
    expect(client.getQueryData(['pipelines'])).toBeUndefined();
    expect(draftStore.get().prompt).toBe('');
  });

  it('that somebody left is not one that ran out', async () => {
    const { client } = show();
    await screen.findByText('in 1, expired none');
    await userEvent.click(screen.getByRole('button', { name: 'leave' }));
    await screen.findByText('in none, expired none');
    expect(client.getQueryData(['pipelines'])).toBeUndefined();
    expect(draftStore.get().prompt).toBe('');
  });

  it('that was left, or entered, in another tab is so in this one', async () => {
    const { client } = show();
    followOtherTabs(client);
    await screen.findByText('in 1, expired none');
    window.dispatchEvent(new StorageEvent('storage', { key: 'pipeline.workspace', newValue: null }));
    await screen.findByText('in none, expired none');
    now = as(3);
    window.dispatchEvent(new StorageEvent('storage', { key: 'pipeline.workspace', newValue: '3 1' }));
    await waitFor(() => expect(screen.getByText('in 3, expired none')).toBeInTheDocument());
  });
});
