export type Span = 'today' | 'week' | 'month';

export const spans: readonly { value: Span; label: string; days: number }[] = [
  { value: 'today', label: 'Today', days: 1 },
  { value: 'week', label: 'Last 7 days', days: 7 },
  { value: 'month', label: 'Last 30 days', days: 30 },
];

/** When a span begins: at midnight here, today among its days. */
export function startOf(span: Span, now: Date): Date {
  const days = spans.find(({ value }) => value === span)?.days ?? 1;
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1);
}
