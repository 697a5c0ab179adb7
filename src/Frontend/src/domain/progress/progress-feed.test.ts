// @vitest-environment jsdom
import '@/testing/setup';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedEvent } from '@/domain/api';
import { anEvent } from '@/testing/builders';
import { backoff } from './backoff';
import { followFeed, parseFrame, type FeedState } from './progress-feed';

const cost = (id: number) => anEvent(id, 'cost_update', { pipeline_id: 7, cost_actual: id });

class FakeSocket {
  static all: FakeSocket[] = [];
  onopen: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;
  closed = false;
  constructor(readonly url: URL) {
    FakeSocket.all.push(this);
  }
  close() {
    this.closed = true;
  }
}

class FakeStream {
  static all: FakeStream[] = [];
  onopen: () => void = () => undefined;
  onmessage: (message: { data: string }) => void = () => undefined;
  constructor(readonly url: string) {
    FakeStream.all.push(this);
  }
  addEventListener() {}
  close() {}
}

const last = () => FakeSocket.all.at(-1) as FakeSocket;

describe('the feed', () => {
  let seen: FeedEvent[];
  let states: FeedState[];
  let stop: () => void;
  const follow = (after: string | null = null) => {
    stop = followFeed('/pipelines/7/events', after, { onEvents: (events) => seen.push(...events), onState: (state) => states.push(state) });
  };

  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('WebSocket', FakeSocket);
    vi.stubGlobal('EventSource', FakeStream);
    FakeSocket.all = [];
    FakeStream.all = [];
    seen = [];
    states = [];
  });
  afterEach(() => {
    stop();
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('takes one event a frame, or many', () => {
    follow();
    last().onopen();
    last().onmessage({ data: JSON.stringify(cost(1)) });
    last().onmessage({ data: JSON.stringify([cost(2), cost(3)]) });
    expect(seen.map(({ id }) => id)).toEqual(['1', '2', '3']);
    expect(states).toEqual(['connecting', 'live']);
  });

  it('asks for what came after the last event when it reconnects', () => {
    follow();
    expect(last().url.searchParams.has('after')).toBe(false);
    last().onopen();
    last().onmessage({ data: JSON.stringify(cost(412)) });
    last().onclose();
    expect(states.at(-1)).toBe('reconnecting');
    vi.advanceTimersByTime(1_000);
    expect(FakeSocket.all).toHaveLength(2);
    expect(last().url.searchParams.get('after')).toBe('412');
  });

  it('comes back behind the last event of a frame with gaps when it was sent away as too slow', () => {
    follow();
    last().onopen();
    last().onmessage({ data: JSON.stringify([cost(3), cost(7), cost(12)]) });
    last().onclose();
    vi.advanceTimersByTime(1_000);
    expect(last().url.searchParams.get('after')).toBe('12');
  });

  it('falls back to a stream when sockets never open', () => {
    follow('5');
    last().onclose();
    vi.advanceTimersByTime(1_000);
    last().onclose();
    vi.advanceTimersByTime(2_000);
    expect(FakeStream.all).toHaveLength(1);
    expect(FakeStream.all[0]?.url).toBe('/pipelines/7/events?after=5');
  });

  it('does not wait out the pause when the network comes back', () => {
    follow();
    last().onclose();
    window.dispatchEvent(new Event('online'));
    expect(FakeSocket.all).toHaveLength(2);
  });

  it('stays silent once stopped', () => {
    follow();
    const socket = last();
    stop();
    socket.onmessage({ data: JSON.stringify(cost(1)) });
    socket.onclose();
    vi.advanceTimersByTime(60_000);
    expect(seen).toEqual([]);
    expect(FakeSocket.all).toHaveLength(1);
    expect(socket.closed).toBe(true);
  });
});

describe('a frame', () => {
  it('that is no event is none', () => {
    expect(parseFrame('not json')).toEqual([]);
    expect(parseFrame('{"heartbeat":true}')).toEqual([]);
    expect(parseFrame('[null,3]')).toEqual([]);
  });
});

describe('the pause before a reconnect', () => {
  it('doubles, is spread, and has an end', () => {
    expect(backoff(1, 0.5)).toBe(500);
    expect(backoff(3, 0.5)).toBe(2_000);
    expect(backoff(20, 0.5)).toBe(10_000);
    expect(backoff(2, 0)).toBe(750);
    expect(backoff(2, 1)).toBe(1_250);
  });
});
