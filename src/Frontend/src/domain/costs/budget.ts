import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Estimate, Model } from '@/domain/api';
import { formatMoney } from './format-money';

/** What the workspace may spend in a calendar month. US dollars; `limit` and `left` are null where there is no limit. Demo outputs do not count. */
export interface MonthBudget {
  month: string;
  limit: number | null;
  held: number;
  spent: number;
  left: number | null;
}

export const budgetQuery = queryOptions({
  queryKey: ['usage', 'budget'],
  queryFn: ({ signal }) => api.get<MonthBudget>('/usage/budget', { signal }),
  refetchInterval: 30_000,
});

/** What somebody is really charged for: demo outputs have list prices and cost nothing. */
export function chargedOf(estimate: Estimate, models: readonly Model[]): number {
  const isDemo = (id: string | null) => models.some((model) => model.id === id && model.simulated);
  const media = estimate.steps.filter((step) => step.model !== null);
  // Prompts are written by whoever has a key; without one for anything else they are the demo writer's.
  if (media.length > 0 && media.every((step) => isDemo(step.model))) return 0;
  return estimate.steps.filter((step) => !isDemo(step.model)).reduce((sum, step) => sum + step.amount, 0);
}

/** A limit, what it leaves, and whether the run goes past it. */
export interface Limit {
  which: 'run' | 'month';
  limit: number;
  left: number;
  /** What the run takes from it. */
  takes: number;
  over: boolean;
}

/** The limits of a run, the tighter first. */
export function limitsOf(estimate: Estimate, budget: number | null, month: MonthBudget | undefined, models: readonly Model[]): Limit[] {
  const limits: Limit[] = [];
  if (budget !== null) limits.push({ which: 'run', limit: budget, left: budget, takes: estimate.total, over: estimate.total > budget });
  if (month && month.limit !== null && month.left !== null) {
    const takes = chargedOf(estimate, models);
    limits.push({ which: 'month', limit: month.limit, left: month.left, takes, over: takes > month.left });
  }
  return limits.sort((a, b) => a.left - a.takes - (b.left - b.takes));
}

/** What the button of a run that goes past a limit says; null for one that does not. */
export function overWords(limits: readonly Limit[]): string | null {
  const over = limits.find((limit) => limit.over);
  if (!over) return null;
  if (over.which === 'run') return `Over budget: pauses at ${formatMoney(over.left)}`;
  return over.left > 0 ? `Over this month’s budget: pauses at ${formatMoney(over.left)}` : 'Nothing is left of this month’s budget';
}
