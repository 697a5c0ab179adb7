import { emptyGraph, makeNode, newId, nodeKinds, type Graph, type GraphEdge, type GraphNode } from './graph';

export const graphFormat = 'pipeline.workflow';
export const graphVersion = 1;

/** A graph as it is kept and shared. */
export type StoredGraph = { format: typeof graphFormat; version: number } & Graph;

export const toFile = (graph: Graph): StoredGraph => ({ format: graphFormat, version: graphVersion, ...graph });

export type Read = { graph: Graph } | { error: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const number = (value: unknown, otherwise: number) => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);
const word = <T extends string>(value: unknown, words: readonly T[], otherwise: T) => (words.includes(value as T) ? (value as T) : otherwise);

/** Reads what was stored or imported. What is missing takes its default; what cannot be read says why. */
export function readGraph(value: unknown): Read {
  if (!isRecord(value) || value['format'] !== graphFormat) return { error: 'This is no workflow. Choose a file that was exported here.' };
  const version = number(value['version'], 0);
  if (version > graphVersion) {
    return { error: `This workflow was made by a newer version: its format is ${version}, and ${graphVersion} is the newest that can be read here. Update this installation, or export it there in the older format.` };
  }
  const nodes = list(value['nodes']).map(readNode);
  if (nodes.includes(null)) return { error: 'A step of this workflow is of a kind that is not known here. Nothing was changed.' };
  const known = nodes.filter((node) => node !== null);
  const ids = new Set(known.map((node) => node.id));
  if (ids.size < known.length) return { error: 'Two steps of this workflow have the same id. Nothing was changed.' };
  const edges = list(value['edges']).filter((edge): edge is GraphEdge => isRecord(edge) && ids.has(String(edge['from'])) && ids.has(String(edge['to'])));
  const budget = number(value['budget'], 0);
  return {
    graph: {
      name: typeof value['name'] === 'string' && value['name'].trim() !== '' ? value['name'].slice(0, 150) : emptyGraph.name,
      run: word(value['run'], ['auto', 'checkpoint', 'manual'], 'auto'),
      combine: word(value['combine'], ['all', 'paired'], 'all'),
      reuse: value['reuse'] !== false,
      budget: budget > 0 ? budget : null,
      nodes: known,
      edges: edges.map(({ from, to }) => ({ from, to })),
    },
  };
}

export function parseGraph(text: string): Read {
  try {
    return readGraph(JSON.parse(text));
  } catch {
    return { error: 'This file is not JSON. Choose a file that was exported here.' };
  }
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function readNode(value: unknown): GraphNode | null {
  if (!isRecord(value) || typeof value['id'] !== 'string' || value['id'] === '') return null;
  const kind = nodeKinds.find((known) => known === value['kind']);
  if (kind === undefined) return null;
  const node = makeNode(kind, number(value['x'], 0), number(value['y'], 0), value['id']);
  const config = { ...node.config } as Record<string, unknown>;
  const given = isRecord(value['config']) ? value['config'] : {};
  // Only fields it has, and only of the sort it has: null may become anything, a text stays a text.
  for (const [name, usual] of Object.entries(config)) {
    const wish = given[name];
    if (wish !== undefined && (usual === null || (typeof wish === typeof usual && Array.isArray(wish) === Array.isArray(usual)))) config[name] = wish;
  }
  if (Array.isArray(config['images'])) config['images'] = config['images'].filter((image) => isRecord(image) && typeof image['assetId'] === 'number');
  return { ...node, config, pause: value['pause'] === true } as GraphNode;
}

/** Chosen nodes with the wires between them, as text for the clipboard. */
export function copyNodes(graph: Graph, ids: ReadonlySet<string>): string {
  const part: Graph = { ...graph, nodes: graph.nodes.filter((node) => ids.has(node.id)), edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
  return JSON.stringify(toFile(part));
}

/** Puts copied nodes beside what is there, under ids of their own. */
export function pasteNodes(graph: Graph, text: string, shift = 32): { graph: Graph; ids: readonly string[] } | { error: string } {
  const read = parseGraph(text);
  if ('error' in read) return read;
  const ids = new Map(read.graph.nodes.map((node) => [node.id, newId()]));
  const renamed = (id: string) => ids.get(id) ?? id;
  return {
    ids: [...ids.values()],
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...read.graph.nodes.map((node) => ({ ...node, id: renamed(node.id), x: node.x + shift, y: node.y + shift }))],
      edges: [...graph.edges, ...read.graph.edges.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) }))],
    },
  };
}
