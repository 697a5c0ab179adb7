// @vitest-environment jsdom
import '@/testing/setup';
import { delay, http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { modelsQuery } from '@/domain/models/list-models';
import { sessionQuery } from '@/domain/session/session';
import { testServer } from '@/testing/server';
import { openClient } from './open-client';

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

  it('is not waited for without end', async () => {
    server.use(http.get('*/session', async () => delay('infinite')));
    const { client, ready } = openClient();
    await ready;
    expect(client.getQueryData(sessionQuery.queryKey)).toBeUndefined();
  });
});
