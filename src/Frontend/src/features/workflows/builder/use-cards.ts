import { useEffect, useMemo, useState } from 'react';
import type { Model } from '@/domain/api';
import type { LastRun } from '../drafts';
import type { Graph } from '../graph/graph';
import type { GraphProblem } from '../graph/problems';
import { staleNodes } from '../graph/stale';
import type { CardView } from './card';
import { countOf, lineOf, priceOf, promptLineOf, spoken } from './describe';
import { liveNodes, picturesOf, type BranchState } from './live';
import { photosOf } from './palette';
import type { Prices } from './use-prices';

const shownPictures = 3;

interface Kept {
  /** All that the card was made of. */
  of: readonly unknown[];
  view: CardView;
}

/** What stands on each node, the same map while nothing of it changed. A node of which nothing changed keeps its card, and is not drawn again. */
export function useCards(graph: Graph, prices: Prices, models: readonly Model[], run: LastRun | null, states: ReadonlyMap<number, BranchState>) {
  const stale = useMemo(() => staleNodes(graph, run?.print ?? null), [graph, run]);
  const live = useMemo(() => liveNodes(run, states), [run, states]);
  const problems = useMemo(() => byNode(prices.problems), [prices.problems]);
  const [before] = useState<{ kept: ReadonlyMap<string, Kept>; cards: ReadonlyMap<string, CardView> }>(() => ({ kept: new Map(), cards: new Map() }));
  const kept = new Map(graph.nodes.map((node) => [node.id, keptOf(node)]));
  const cards = kept.size === before.kept.size && [...kept].every(([id, { view }]) => before.cards.get(id) === view) ? before.cards : new Map([...kept].map(([id, { view }]) => [id, view]));
  useEffect(() => {
    before.kept = kept;
    before.cards = cards;
  });
  return { cards, stale };

  function keptOf(node: Graph['nodes'][number]): Kept {
    const { id, kind, config } = node;
    const cost = prices.cost.nodes.get(id);
    const wrong = problems.get(id) ?? [];
    const pending = prices.pending.has(id);
    const pause = graph.run === 'checkpoint' && node.pause;
    const now = live.get(id);
    const outdated = stale.get(id);
    const results = picturesOf(run, states, id);
    const known = before.kept.get(id);
    const of = [kind, config, models, cost?.count, cost?.amount, cost?.branches, wrong.length, wrong[0]?.message, pending, pause, outdated, ...results.urls, results.total, ...Object.values(now ?? {})];
    if (known?.of.length === of.length && of.every((one, at) => one === known.of[at])) return known;

    const photos = photosOf(node);
    const urls = photos.length > 0 ? photos.slice(0, shownPictures).map((photo) => photo.thumbnailUrl) : results.urls;
    const total = photos.length > 0 ? photos.length : results.total;
    const view: CardView = {
      kind,
      line: lineOf(node, models),
      prompt: promptLineOf(node),
      count: countOf(node, cost),
      price: priceOf(node, cost),
      pending,
      problem: problemOf(wrong),
      stale: outdated ?? null,
      pause,
      pictures: urls.join('\n'),
      more: Math.max(0, total - urls.length),
      live: now ?? null,
      spoken: spoken(node, models, cost, wrong.length, outdated),
    };
    return { of, view };
  }
}

function byNode(problems: readonly GraphProblem[]): ReadonlyMap<string | null, readonly GraphProblem[]> {
  const found = new Map<string | null, GraphProblem[]>();
  for (const problem of problems) found.set(problem.node, [...(found.get(problem.node) ?? []), problem]);
  return found;
}

function problemOf([first, ...rest]: readonly GraphProblem[]): string | null {
  if (!first) return null;
  return rest.length === 0 ? first.message : `${first.message} And ${rest.length} more.`;
}
