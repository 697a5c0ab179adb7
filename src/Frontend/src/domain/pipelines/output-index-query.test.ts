// @vitest-environment jsdom
import '@/testing/setup';
import { QueryClient } from '@tanstack/react-query';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import { anIndexAnswer } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { outputIndexQuery } from './output-queries';

let stored: number[] = [];
let asked: string[] = [];
testServer(
  http.get('*/pipelines/7/steps/21/outputs/index', ({ request }) => {
    const { searchParams: query } = new URL(request.url);
    const [after, from] = [Number(query.get('after') ?? 0), Number(query.get('cursor') ?? 0)];
    asked.push(query.toString());
    const found = stored.filter((id) => id > after);
    const page = found.slice(from, from + 10_000);
    return HttpResponse.json(anIndexAnswer(page, { total: stored.length, next_cursor: from + 10_000 < found.length ? String(from + 10_000) : null }));
  }),
);

const read = (client: QueryClient) => client.fetchQuery({ ...outputIndexQuery(7, 21, 0), staleTime: 0 });
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n + 1);

describe('the index of outputs', () => {
  beforeEach(() => {
    asked = [];
  });

  it('is read whole once, then only what came since', async () => {
    const client = new QueryClient();
    stored = upTo(10_000);
    const first = await read(client);
    stored = upTo(10_003);
    const second = await read(client);
    expect(asked).toEqual(['', 'after=10000']);
    expect(second.entries).toHaveLength(10_003);
    expect(second.entries[4_000]).toBe(first.entries[4_000]);
  });

  it('is read whole again when something is missing of what there is', async () => {
    const client = new QueryClient();
    stored = [1, 2, 9];
    await read(client);
    // Committed late, with a smaller id than one that was read already.
    stored = [1, 2, 5, 9, 10];
    expect((await read(client)).entries.map(({ id }) => id)).toEqual([1, 2, 5, 9, 10]);
    expect(asked).toEqual(['', 'after=9', '']);
  });

  it('takes as many pages as there are', async () => {
    stored = upTo(20_001);
    expect((await read(new QueryClient())).entries).toHaveLength(20_001);
    expect(asked).toHaveLength(3);
  });
});
