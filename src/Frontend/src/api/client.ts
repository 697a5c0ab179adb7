import { noteReached } from './connection';
import { OfflineError, ProblemError, toProblem } from './problem';

export interface CallOptions {
  query?: Record<string, string | number | boolean | null | undefined>;
  body?: unknown;
  /** The same key with the same body is one action, however often it is sent. */
  idempotencyKey?: string;
  /** A version from a resource: the call fails with 412 when it is no longer the current one. */
  ifMatch?: number;
  signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

export const signedOut = new EventTarget();

async function send(method: Method, path: string, options: CallOptions): Promise<Response> {
  const headers = new Headers({ Accept: 'application/json' });
  const { body } = options;
  let payload: BodyInit | undefined;
  if (body instanceof FormData) {
    payload = body;
  } else if (body !== undefined) {
    headers.set('Content-Type', 'application/json');
    payload = JSON.stringify(body);
  }
  if (options.idempotencyKey) headers.set('Idempotency-Key', options.idempotencyKey);
  if (options.ifMatch !== undefined) headers.set('If-Match', `"${options.ifMatch}"`);

  const request: RequestInit = { method, headers, credentials: 'same-origin', ...(payload !== undefined && { body: payload }), ...(options.signal && { signal: options.signal }) };
  let response: Response;
  try {
    response = await fetch(path + toQuery(options.query), request);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    noteReached(false);
    throw new OfflineError();
  }
  noteReached(true);
  if (!response.ok) {
    const problem = toProblem(response.status, await response.json().catch(() => null));
    if (problem.status === 401) signedOut.dispatchEvent(new Event('signed-out'));
    throw new ProblemError(problem, retryAfter(response.headers.get('Retry-After')));
  }
  return response;
}

function toQuery(query: CallOptions['query']): string {
  const given = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== '');
  return given.length === 0 ? '' : '?' + new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
}

/** Seconds of a `Retry-After` header; null without one. */
export function retryAfter(header: string | null): number | null {
  const seconds = Number(header ?? '');
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const response = await send(method, path, options);
  return (response.status === 204 ? undefined : await response.json().catch(() => undefined)) as T;
}

export const api = {
  get: <T>(path: string, options?: CallOptions) => call<T>('GET', path, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('POST', path, { ...options, body }),
  put: <T>(path: string, body: unknown, options?: CallOptions) => call<T>('PUT', path, { ...options, body }),
  delete: (path: string, options?: CallOptions) => call<void>('DELETE', path, options),
  blob: async (path: string, body: unknown): Promise<Blob> => (await send('POST', path, { body })).blob(),
};

export interface Page<T> {
  data: T[];
  next_cursor: string | null;
}

/** Every page of a list, in order. `most` stops a runaway list; 10,000 is what a step can hold. */
export async function allPages<T>(path: string, query: CallOptions['query'], signal?: AbortSignal, most = 10_000): Promise<T[]> {
  const rows: T[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<T> = await api.get<Page<T>>(path, { query: { ...query, limit: 200, cursor }, ...(signal && { signal }) });
    rows.push(...page.data);
    cursor = page.next_cursor;
  } while (cursor !== null && rows.length < most);
  return rows;
}
