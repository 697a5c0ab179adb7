import { api, type Page } from '@/api/client';
import type { FeedEvent } from '@/domain/api';
import { backoff } from './backoff';

export type FeedState = 'connecting' | 'live' | 'reconnecting';

export interface FeedListener {
  onEvents: (events: FeedEvent[]) => void;
  onState: (state: FeedState) => void;
}

type Transport = 'socket' | 'stream' | 'poll';
// A proxy that breaks upgrades often lets a stream through, and one that buffers streams lets plain requests through.
const nextTransport: Record<Transport, Transport> = { socket: 'stream', stream: 'poll', poll: 'poll' };
const failuresBeforeFallback = 2;
const pollEveryMs = 1_500;

/** One frame: an event, an array of them, or a heartbeat, which is none. */
export function parseFrame(text: string): FeedEvent[] {
  try {
    const parsed: unknown = JSON.parse(text);
    const list = Array.isArray(parsed) ? parsed : [parsed];
    return list.filter((entry): entry is FeedEvent => typeof entry === 'object' && entry !== null && 'id' in entry && 'event' in entry && 'data' in entry);
  } catch {
    return [];
  }
}

/**
 * Follows a feed from `after` on (null: from now on) over whatever transport works, and comes back by itself from the
 * last event it saw. Returns the function that stops it.
 */
export function followFeed(path: string, after: string | null, listener: FeedListener): () => void {
  let lastId = after;
  let transport: Transport = 'socket';
  let failures = 0;
  let stopped = false;
  let close: () => void = () => undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const take = (events: FeedEvent[]) => {
    const last = events.at(-1);
    if (!last || stopped) return;
    lastId = last.id;
    listener.onEvents(events);
  };
  const opened = () => {
    failures = 0;
    listener.onState('live');
  };
  const lost = () => {
    if (stopped) return;
    close();
    failures += 1;
    if (failures >= failuresBeforeFallback) {
      transport = nextTransport[transport];
      if (transport !== 'poll') failures = 0;
    }
    listener.onState('reconnecting');
    timer = setTimeout(open, backoff(Math.max(1, failures), Math.random()));
  };
  const address = () => (lastId === null ? path : `${path}?after=${encodeURIComponent(lastId)}`);

  function open(): void {
    if (stopped) return;
    clearTimeout(timer);
    close = transport === 'socket' ? openSocket(address(), opened, take, lost) : transport === 'stream' ? openStream(address(), opened, take, lost) : openPoll(path, () => lastId, opened, take, lost);
  }

  // A laptop that slept, or a train out of a tunnel: do not sit out the pause.
  const hurry = () => {
    if (timer !== undefined && failures > 0) open();
  };
  window.addEventListener('online', hurry);
  listener.onState('connecting');
  open();
  return () => {
    stopped = true;
    clearTimeout(timer);
    window.removeEventListener('online', hurry);
    close();
  };
}

function openSocket(path: string, opened: () => void, take: (events: FeedEvent[]) => void, lost: () => void): () => void {
  const socket = new WebSocket(new URL(path, location.href.replace(/^http/, 'ws')));
  let done = false;
  const end = () => {
    if (done) return;
    done = true;
    lost();
  };
  socket.onopen = opened;
  socket.onmessage = (message) => take(parseFrame(String(message.data)));
  socket.onclose = end;
  return () => {
    done = true;
    socket.close();
  };
}

function openStream(path: string, opened: () => void, take: (events: FeedEvent[]) => void, lost: () => void): () => void {
  const stream = new EventSource(path);
  const onEvent = (message: MessageEvent<string>) => take(parseFrame(message.data));
  stream.onopen = opened;
  stream.onmessage = onEvent;
  for (const name of ['pipeline_status', 'step_progress', 'output_ready', 'cost_update', 'review_changed']) stream.addEventListener(name, onEvent);
  // `error` is both the feed's event, which has data, and the browser's word for a broken stream, which has none.
  stream.addEventListener('error', (event) => (event instanceof MessageEvent ? onEvent(event as MessageEvent<string>) : lost()));
  return () => stream.close();
}

function openPoll(path: string, lastId: () => string | null, opened: () => void, take: (events: FeedEvent[]) => void, lost: () => void): () => void {
  const abort = new AbortController();
  let timer: ReturnType<typeof setTimeout>;
  const look = async () => {
    try {
      const page = await api.get<Page<FeedEvent>>(path, { query: { after: lastId() ?? 0, limit: 1_000 }, signal: abort.signal });
      opened();
      take(page.data);
      timer = setTimeout(() => void look(), page.data.length >= 1_000 ? 0 : pollEveryMs);
    } catch {
      if (!abort.signal.aborted) lost();
    }
  };
  void look();
  return () => {
    abort.abort();
    clearTimeout(timer);
  };
}
