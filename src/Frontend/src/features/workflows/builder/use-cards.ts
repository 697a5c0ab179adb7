import { useEffect, useMemo, useState } from 'react';
import type { Model } from '@/domain/api';
import type { LastRun } from '../drafts';
import type { Graph, GraphNode } from '../graph/graph';
import { staleNodes } from '../graph/stale';
import type { CardView } from './card';
import { countOf, lineOf, priceOf, promptLineOf } from './describe';
import { liveNodes, picturesOf, type BranchState } from './live';
import { photosOf } from './palette';
import type { Prices } from './use-prices';

const shownPictures = 3;

/** What stands on each node, the same map while nothing of it changed. A node whose values are what they were keeps its object, and is not drawn again. */
export function useCards(graph: Graph, prices: Prices, models: readonly Model[], run: LastRun | null, states: ReadonlyMap<number, BranchState>) {
  const stale = useMemo(() => staleNodes(graph, run?.print ?? null), [graph, run]);
  const live = useMemo(() => liveNodes(run, states), [run, states]);
  const made = new Map(graph.nodes.map((node) => [node.id, viewOf(node)]));
  const [kept] = useState<{ cards: ReadonlyMap<string, CardView> }>(() => ({ cards: new Map() }));
  const cards = keptOf(kept.cards, made);
  useEffect(() => {
    kept.cards = cards;
  }, [kept, cards]);
  return { cards, stale };

  function viewOf(node: GraphNode): CardView {
    const cost = prices.cost.nodes.get(node.id);
    const problems = prices.problems.filter((problem) => problem.node === node.id);
    const photos = photosOf(node);
    const results = picturesOf(run, states, node.id);
    const urls = photos.length > 0 ? photos.slice(0, shownPictures).map((photo) => photo.thumbnailUrl) : results.urls;
    const total = photos.length > 0 ? photos.length : results.total;
    const [first] = problems;
    return {
      kind: node.kind,
      line: lineOf(node, models),
      prompt: promptLineOf(node),
      count: countOf(node, cost),
      price: priceOf(node, cost),
      pending: prices.pending.has(node.id),
      problem: first ? (problems.length > 1 ? `${first.message} And ${problems.length - 1} more.` : first.message) : null,
      stale: stale.get(node.id) ?? null,
      pause: graph.run === 'checkpoint' && node.pause,
      pictures: urls.join('\n'),
      more: Math.max(0, total - urls.length),
      live: live.get(node.id) ?? null,
    };
  }
}

/** What was there already, for each card that says the same and for all of them together. */
function keptOf(known: ReadonlyMap<string, CardView>, made: ReadonlyMap<string, CardView>): ReadonlyMap<string, CardView> {
  const next = new Map([...made].map(([id, view]) => {
    const before = known.get(id);
    return [id, before && isSame(before, view) ? before : view];
  }));
  return next.size === known.size && [...next].every(([id, view]) => known.get(id) === view) ? known : next;
}

const isSame = (one: CardView, other: CardView) =>
  (Object.keys(one) as (keyof CardView)[]).every((name) => one[name] === other[name] || (name === 'live' && JSON.stringify(one.live) === JSON.stringify(other.live)));
