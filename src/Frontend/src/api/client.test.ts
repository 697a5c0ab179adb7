// @vitest-environment jsdom
import '@/testing/setup';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { testServer } from '@/testing/server';
import { allPages, api, signedOut } from './client';
import { describeError, OfflineError, ProblemError } from './problem';

const server = testServer();
const problem = (status: number, body: object, headers?: Record<string, string>) => HttpResponse.json(body, { status, headers: { 'Content-Type': 'application/problem+json', ...headers } });

describe('the API client', () => {
  it('sends the body, the key and the version', async () => {
    let request: Request | undefined;
    server.use(http.post('*/pipelines/7/steps/21/approve', ({ request: seen }) => {
      request = seen.clone() as Request;
      return HttpResponse.json({}, { status: 202 });
    }));
    await api.post('/pipelines/7/steps/21/approve', { add: [] }, { idempotencyKey: 'abc', ifMatch: 5 });
    expect(request?.headers.get('Idempotency-Key')).toBe('abc');
    expect(request?.headers.get('If-Match')).toBe('"5"');
    expect(await request?.json()).toEqual({ add: [] });
  });

  it('says every broken rule of a refusal', async () => {
    server.use(http.post('*/pipelines', () => problem(422, { type: '/problems/validation', title: 'No.', errors: { '/steps/0': ['Unknown model.'], '/inputs/images': ['At least one.'] } })));
    const error: unknown = await api.post('/pipelines', {}).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(ProblemError);
    expect(describeError(error)).toBe('Unknown model. At least one.');
  });

  it('has words of its own for an answer that is no problem document', async () => {
    server.use(http.get('*/models', () => new HttpResponse('<html>Bad gateway</html>', { status: 502 })));
    await expect(api.get('/models')).rejects.toThrow('A part of the service is not answering.');
  });

  it('tells a lost connection from a refusal', async () => {
    server.use(http.get('*/models', () => HttpResponse.error()));
    await expect(api.get('/models')).rejects.toBeInstanceOf(OfflineError);
  });

  it('keeps the wait the server asks for', async () => {
    server.use(http.get('*/models', () => problem(429, { title: 'Slow down.' }, { 'Retry-After': '7' })));
    await expect(api.get('/models')).rejects.toMatchObject({ retryAfter: 7, status: 429 });
  });

  it('announces a session that ran out', async () => {
    const heard = vi.fn();
    signedOut.addEventListener('signed-out', heard, { once: true });
    server.use(http.get('*/models', () => problem(401, { title: 'Signed out.' })));
    await api.get('/models').catch(() => undefined);
    expect(heard).toHaveBeenCalledOnce();
  });

  it('follows the cursor to the last page', async () => {
    server.use(http.get('*/assets', ({ request }) => {
      const cursor = new URL(request.url).searchParams.get('cursor');
      return HttpResponse.json(cursor === null ? { data: [1, 2], next_cursor: 'b' } : { data: [3], next_cursor: null });
    }));
    expect(await allPages<number>('/assets', { type: 'image' })).toEqual([1, 2, 3]);
  });

  it('takes an empty answer as nothing', async () => {
    server.use(http.delete('*/session', () => new HttpResponse(null, { status: 204 })));
    await expect(api.delete('/session')).resolves.toBeUndefined();
  });
});
