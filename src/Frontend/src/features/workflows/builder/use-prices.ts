import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { Estimate, Model, PipelineRequest } from '@/domain/api';
import { useSame } from '@/ui/use-same';
import { branchesOf, pathOf, pricedPart, requestOf, type Branch } from '../graph/branches';
import { costsOf, type GraphCost } from '../graph/costs';
import type { Graph } from '../graph/graph';
import { distinct, problemAt, problemsOf, type GraphProblem } from '../graph/problems';

export const branchEstimates = ['estimate', 'branch'] as const;

// An edit is to have its price within 100 ms: the first asks at once, those struck right after it ask together.
const gapMs = 50;

/** @param ahead What to begin before it is drawn that the value is another. */
function useAtMostEvery(value: string, ms: number, ahead: (value: string) => void): string {
  const [asked, setAsked] = useState(value);
  const last = useRef(0);
  useEffect(() => {
    const ask = () => {
      last.current = performance.now();
      ahead(value);
      setAsked(value);
    };
    const wait = last.current + ms - performance.now();
    if (wait <= 0) return ask();
    const timer = setTimeout(ask, wait);
    return () => clearTimeout(timer);
  }, [value, ms, ahead]);
  return asked;
}

export interface PricedBranch {
  branch: Branch;
  request: PipelineRequest | null;
  estimate: Estimate | undefined;
}

export interface Prices {
  branches: readonly PricedBranch[];
  cost: GraphCost;
  problems: readonly GraphProblem[];
  /** A price is on its way; the one before is shown. */
  stale: boolean;
  /** The steps it is on its way for: the price of all others stays what it is. */
  pending: ReadonlySet<string>;
  /** The price could not be asked for; what was wrong was not the workflow. */
  error: Error | null;
}

const settledAt = (answer: { isSuccess: boolean; isError: boolean } | undefined): boolean => answer !== undefined && (answer.isSuccess || answer.isError);

const bodiesOf = (texts: string): string[] => [...new Set(texts.split('\n'))].filter((body) => body !== '');

const estimateOf = (body: string) =>
  queryOptions({
    queryKey: [...branchEstimates, body],
    queryFn: ({ signal }) => api.post<Estimate>('/pipelines/estimate', JSON.parse(body), { signal }),
    staleTime: 60_000,
    retry: (failures: number, error: Error) => !(error instanceof ProblemError && error.status < 500) && failures < 2,
  });

/** The price of every branch, asked of the server branch by branch: what an edit does not touch is known already. */
export function usePrices(graph: Graph, models: readonly Model[]): Prices {
  const branches = useMemo(() => branchesOf(graph), [graph]);
  const own = useMemo(() => problemsOf(graph, models), [graph, models]);
  const requests = useMemo(() => (models.length === 0 ? [] : branches.map((branch) => requestOf(graph, branch, branches, models))), [graph, branches, models]);
  // Where a node lies changes no price: the text stays the same, and so does what is asked.
  const asked = useMemo(() => requests.map((request) => (request ? JSON.stringify(pricedPart(request)) : '')), [requests]);
  const wanted = asked.join('\n');
  const client = useQueryClient();
  const ahead = useCallback((texts: string) => bodiesOf(texts).forEach((body) => void client.prefetchQuery(estimateOf(body))), [client]);
  const settled = useAtMostEvery(wanted, gapMs, ahead);
  const bodies = useMemo(() => bodiesOf(settled), [settled]);
  const queries = useMemo(() => bodies.map(estimateOf), [bodies]);
  const answers = useQueries({ queries });
  // The last price of a branch stays in view while the next is on its way.
  const [known] = useState(() => new Map<string, Estimate>());
  const byBody = new Map(bodies.map((body, at) => [body, answers[at]]));
  const answerAt = (at: number) => byBody.get(asked[at] ?? '');
  const estimates = useSame(branches.map(({ key }, at) => (requests[at] ? (answerAt(at)?.data ?? (answerAt(at)?.isError ? undefined : known.get(key))) : undefined)));
  const priced = useMemo(() => branches.map((branch, at): PricedBranch => ({ branch, request: requests[at] ?? null, estimate: estimates[at] })), [branches, requests, estimates]);
  useEffect(() => {
    for (const { branch, estimate } of priced) if (estimate) known.set(branch.key, estimate);
  });
  const waiting = useSame(branches.filter((_, at) => requests[at] && !settledAt(answerAt(at))).flatMap((branch) => pathOf(branch).map((node) => node.id)));
  const pending = useMemo(() => new Set(waiting), [waiting]);
  const cost = useMemo(() => costsOf(graph, branches, estimates), [graph, branches, estimates]);
  const errors = useSame(branches.map((_, at) => answerAt(at)?.error ?? null));
  const problems = useSame(useMemo(() => distinct([...own, ...branches.flatMap((branch, at) => refusalsOf(branch, errors[at]))]), [own, branches, errors]));
  const error = answers.find((answer) => answer.isError && !(answer.error instanceof ProblemError && answer.error.status < 500))?.error ?? null;
  const stale = wanted !== settled || answers.some((answer) => answer.isFetching);
  return useMemo(() => ({ branches: priced, cost, problems, stale, pending, error }), [priced, cost, problems, stale, pending, error]);
}

/** What the server has against a branch itself: not that it cannot answer now, or not this person. */
function refusalsOf(branch: Branch, error: Error | null | undefined): GraphProblem[] {
  if (!(error instanceof ProblemError) || error.status >= 500 || error.status === 401 || error.status === 429) return [];
  const entries = Object.entries(error.problem.errors ?? {});
  return entries.length === 0 ? [problemAt(branch, '', error.message)] : entries.flatMap(([pointer, messages]) => messages.map((message) => problemAt(branch, pointer, message)));
}
