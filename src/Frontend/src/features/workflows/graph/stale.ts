import { nodeTitles } from './problems';
import { defaultConfig, nodeOf, once, type Graph, type GraphNode } from './graph';

/** What a run was made with, node by node: how it was set up and what fed it. */
export type RunPrint = Readonly<Record<string, { config: string; from: readonly string[] }>>;

/** Settings that are not what they are by themselves: what a newer version adds changes nothing about what was made. */
function said(kind: GraphNode['kind'], config: object): string {
  const usual = defaultConfig[kind]() as Record<string, unknown>;
  const own = Object.entries(config).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(usual[name]));
  return JSON.stringify(Object.fromEntries(own.sort(([one], [other]) => (one < other ? -1 : 1))));
}

const saidOf = once((node: GraphNode) => said(node.kind, node.config));

// What changes nothing about what is made is not in it.
const print = (node: GraphNode, graph: Graph) =>
  node.kind === 'upload_images' ? JSON.stringify(node.config.images.map((image) => image.assetId)) : `[${saidOf(node)},"${graph.combine}"]`;

/** A print as it would be written now: older ones have all settings, in the order they were in then. */
function renewed(kind: GraphNode['kind'], print: string): string {
  if (kind === 'upload_images') return print;
  const [config, combine] = JSON.parse(print) as [object, string];
  return `[${said(kind, config)},"${combine}"]`;
}

const hasChanged = ({ kind }: GraphNode, before: string, now: string) => before !== now && renewed(kind, before) !== now;

export function printOf(graph: Graph, ids: ReadonlySet<string>): RunPrint {
  return Object.fromEntries(graph.nodes.filter((node) => ids.has(node.id)).map((node) => [node.id, { config: print(node, graph), from: sources(graph, node.id) }]));
}

const sources = (graph: Graph, id: string) => graph.edges.filter((edge) => edge.to === id).map((edge) => edge.from).sort();

/** Nodes whose results are not what a run would make now, each with the reason. Nodes that never ran are not out of date. */
export function staleNodes(graph: Graph, last: RunPrint | null): ReadonlyMap<string, string> {
  const why = new Map<string, string>();
  if (last === null) return why;
  const look = (id: string, under: ReadonlySet<string>): string | null => {
    const known = why.get(id);
    if (known !== undefined) return known;
    const [node, before] = [nodeOf(graph, id), last[id]];
    if (!node || !before || under.has(id)) return null;
    const reason = changedSources(graph, id, before.from) ?? (hasChanged(node, before.config, print(node, graph)) ? 'its settings changed after the last run' : staleAbove(graph, node, new Set([...under, id])));
    if (reason !== null) why.set(id, reason);
    return reason;
  };
  const staleAbove = (one: Graph, node: GraphNode, under: ReadonlySet<string>): string | null => {
    for (const from of sources(one, node.id)) {
      const above = nodeOf(one, from);
      if (above && (look(from, under) !== null || !last[from])) return `“${nodeTitles[above.kind]}” above changed after the last run`;
    }
    return null;
  };
  for (const { id } of graph.nodes) look(id, new Set());
  return why;
}

function changedSources(graph: Graph, id: string, before: readonly string[]): string | null {
  const now = sources(graph, id);
  if (now.some((from) => !before.includes(from))) return 'a wire was added after the last run';
  return before.some((from) => !now.includes(from)) ? 'a wire was taken away after the last run' : null;
}
