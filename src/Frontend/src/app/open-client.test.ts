// @vitest-environment jsdom
import '@/testing/setup';
import { delay, http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { modelsQuery } from '@/domain/models/list-models';
import { sessionQuery } from '@/domain/session/session';
import { testServer } from '@/testing/server';
import { openClient } from './open-client';
import { SignInPage } from './sign-in';

let models = 0;
const server = testServer(
  http.get('*/session', () => HttpResponse.json({ signed_in: true, user: null, workspace: { id: 1, name: 'Demo' } })),
  http.get('*/models', () => {
    models += 1;
    return HttpResponse.json({ data: [] });
  }),
);

describe('what is read before the first render', () => {
  it('is who is signed in, and the models', async () => {
    const { client, ready } = openClient();
    await ready;
    expect(client.getQueryData(sessionQuery.queryKey)?.signed_in).toBe(true);
    expect(client.getQueryData(modelsQuery.queryKey)).toEqual([]);
    expect(models).toBe(1);
  });

  it('is what to sign in with for who is not', async () => {
    server.use(http.get('*/session', () => HttpResponse.json({ signed_in: false, user: null, workspace: null, expired: null })));
    const loaded = vi.spyOn(SignInPage, 'preload');
    await openClient().ready;
    expect(loaded).toHaveBeenCalledOnce();
  });

  it('is not waited for without end', async () => {
    server.use(http.get('*/session', async () => delay('infinite')));
    const { client, ready } = openClient();
    await ready;
    expect(client.getQueryData(sessionQuery.queryKey)).toBeUndefined();
  });
});
