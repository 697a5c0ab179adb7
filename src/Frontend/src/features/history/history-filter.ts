import type { HistoryQuery } from '@/domain/pipelines/history';

/** Those that are paused for a review are a choice of their own: that is where a person is needed. */
export const waiting = 'waiting';

export const statuses: readonly { value: string; label: string }[] = [
  { value: waiting, label: 'Waiting for you' },
  { value: 'running', label: 'Running' },
  { value: 'paused', label: 'Paused' },
  { value: 'completed', label: 'Done' },
  { value: 'failed', label: 'Failed' },
  { value: 'cancelled', label: 'Cancelled' },
  { value: 'pending', label: 'Not started' },
];

export const spans = [
  { value: 'today', label: 'Today', days: 1 },
  { value: 'week', label: 'Last 7 days', days: 7 },
  { value: 'month', label: 'Last 30 days', days: 30 },
] as const;

export const orders = [
  { value: 'newest', label: 'Newest first' },
  { value: 'oldest', label: 'Oldest first' },
  { value: 'name', label: 'Name' },
  { value: 'cost', label: 'Cost' },
  { value: 'duration', label: 'Duration' },
] as const;

export type Order = (typeof orders)[number]['value'];

/** What the list shows. It stands in the address, so that a reload or a link shows the same. */
export interface HistoryFilter {
  status: string | null;
  tag: string | null;
  made: string | null;
  q: string;
  sort: Order;
  /** Runs that were started together. */
  group: string | null;
  /** Simulations, which are no runs and are left out otherwise. */
  simulated: boolean;
}

const word = (value: unknown, known: readonly { value: string }[]) => (typeof value === 'string' && known.some((option) => option.value === value) ? value : null);

/** Reads an address that anybody may have written. */
export function filterOf(search: Readonly<Record<string, unknown>>): HistoryFilter {
  const text = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) : '');
  return {
    status: word(search.status, statuses),
    tag: text(search.tag) || null,
    made: word(search.made, spans),
    q: text(search.q),
    sort: (word(search.sort, orders) as Order | null) ?? 'newest',
    simulated: search.simulated === true || search.simulated === 'true',
    group: /^[0-9a-f-]{36}$/i.test(text(search.group)) ? text(search.group) : null,
  };
}

/** For the address: what is as usual is left out. */
export const searchOf = ({ sort, ...filter }: HistoryFilter): Record<string, string | boolean> =>
  Object.fromEntries(Object.entries({ ...filter, sort: sort === 'newest' ? null : sort }).filter((entry): entry is [string, string | boolean] => entry[1] !== null && entry[1] !== '' && entry[1] !== false));

/** When a span begins: at midnight here, today among its days. */
export function since(made: string | null, now: Date): string | null {
  const span = spans.find(({ value }) => value === made);
  return span ? new Date(now.getFullYear(), now.getMonth(), now.getDate() - span.days + 1).toISOString() : null;
}

export const queryOf = (filter: HistoryFilter, now: Date): HistoryQuery => ({
  ...(filter.status === waiting ? { status: 'paused', status_reason: 'review' } : { status: filter.status }), tag: filter.tag, q: filter.q.trim(), from: since(filter.made, now), run_group_id: filter.group,
  // What was started together is shown whatever it is.
  ...(filter.group === null && { simulate: filter.simulated }), ...(filter.sort !== 'newest' && { sort: filter.sort }),
});

export const isNarrowed = ({ status, tag, made, q, group, simulated }: HistoryFilter) => status !== null || tag !== null || made !== null || q.trim() !== '' || group !== null || simulated;
