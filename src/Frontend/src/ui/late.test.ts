// @vitest-environment jsdom
import '@/testing/setup';
import { http, HttpResponse } from 'msw';
import { describe, expect, it, vi } from 'vitest';
import { testServer } from '@/testing/server';
import { fetched } from './late';

const gone = new TypeError('Failed to fetch dynamically imported module');
const server = testServer(http.head('*/', () => new HttpResponse(null)));

describe('a script that is fetched when it is needed', () => {
  it('is there when it could be fetched', async () => {
    expect(await fetched(() => Promise.resolve('module'))).toBe('module');
  });

  it('is waited for while there is no network, and fetched then', async () => {
    const asked = vi.fn(() => HttpResponse.error());
    server.use(http.head('*/', asked, { once: true }));
    const load = vi.fn<() => Promise<string>>().mockRejectedValueOnce(gone).mockResolvedValue('module');
    const module = fetched(load);
    await vi.waitFor(() => {
      expect(asked).toHaveBeenCalledOnce();
      // Not until it listens.
      window.dispatchEvent(new Event('online'));
      expect(load).toHaveBeenCalledTimes(2);
    });
    expect(await module).toBe('module');
  });

  it('is asked for once more and then missing when the server is there', async () => {
    const load = vi.fn().mockRejectedValue(gone);
    await expect(fetched(load)).rejects.toBe(gone);
    expect(load).toHaveBeenCalledTimes(2);
  });
});
