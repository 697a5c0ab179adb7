import { queryOptions, useQueries, useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { api } from '@/api/client';
import { ProblemError } from '@/api/problem';
import type { Estimate, Model, PipelineRequest } from '@/domain/api';
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
  const asked = requests.map((request) => (request ? JSON.stringify(pricedPart(request)) : ''));
  const wanted = asked.join('\n');
  const client = useQueryClient();
  const ahead = useCallback((texts: string) => bodiesOf(texts).forEach((body) => void client.prefetchQuery(estimateOf(body))), [client]);
  const settled = useAtMostEvery(wanted, gapMs, ahead);
  const bodies = useMemo(() => bodiesOf(settled), [settled]);
  const answers = useQueries({
    queries: bodies.map(estimateOf),
  });
  // The last price of a branch stays in view while the next is on its way.
  const [known] = useState(() => new Map<string, Estimate>());
  const byBody = new Map(bodies.map((body, at) => [body, answers[at]]));
  const priced = branches.map((branch, at): PricedBranch => {
    const request = requests[at] ?? null;
    const answer = byBody.get(asked[at] ?? '');
    return { branch, request, estimate: request === null ? undefined : (answer?.data ?? (answer?.isError ? undefined : known.get(branch.key))) };
  });
  useEffect(() => {
    for (const { branch, estimate } of priced) if (estimate) known.set(branch.key, estimate);
  });
  const pending = new Set(branches.filter((_, at) => requests[at] && !settledAt(byBody.get(asked[at] ?? ''))).flatMap((branch) => pathOf(branch).map((node) => node.id)));
  const estimates = priced.map(({ estimate }) => estimate);
  const stamp = estimates.map((estimate) => (estimate ? `${estimate.total}:${estimate.reuse_quote?.saves ?? ''}:${estimate.steps.map((step) => `${step.count}=${step.amount}`).join()}` : '-')).join('|');
  // The lists are new at every render; the stamps say when an answer changed.
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const cost = useMemo(() => costsOf(graph, branches, estimates), [graph, branches, stamp]);
  const refused = priced.flatMap(({ branch }, at) => {
    const error = byBody.get(asked[at] ?? '')?.error;
    if (!(error instanceof ProblemError) || error.status >= 500 || error.status === 401 || error.status === 429) return [];
    const entries = Object.entries(error.problem.errors ?? {});
    return entries.length === 0 ? [problemAt(branch, '', error.message)] : entries.flatMap(([pointer, messages]) => messages.map((message) => problemAt(branch, pointer, message)));
  });
  const broken = answers.find((answer) => answer.isError && !(answer.error instanceof ProblemError && answer.error.status < 500))?.error ?? null;
  const stampOfRefused = JSON.stringify(refused);
  // eslint-disable-next-line react-hooks/exhaustive-deps
  const problems = useMemo(() => distinct([...own, ...refused]), [own, stampOfRefused]);
  return { branches: priced, cost, problems, stale: wanted !== settled || answers.some((answer) => answer.isFetching), pending, error: broken };
}
