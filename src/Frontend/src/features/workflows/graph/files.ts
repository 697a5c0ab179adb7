import { longestOutfit, mostEach, mostOutfits, setKinds, type PhotoSet } from '@/domain/draft/photo-set';
import type { DraftImage } from '@/domain/draft/draft';
import { edgeId, emptyGraph, makeNode, newId, nodeKinds, type Graph, type GraphEdge, type GraphNode } from './graph';

export const graphFormat = 'pipeline.workflow';
export const graphVersion = 1;

/** A graph as it is kept and shared. */
export type StoredGraph = { format: typeof graphFormat; version: number } & Graph;

export const toFile = (graph: Graph): StoredGraph => ({ format: graphFormat, version: graphVersion, ...graph });

/** `left` says what of it could not be taken, each with its place; the rest is in the graph. */
export type Read = { graph: Graph; left: readonly string[] } | { error: string };

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const number = (value: unknown, otherwise: number) => (typeof value === 'number' && Number.isFinite(value) ? value : otherwise);
const word = <T extends string>(value: unknown, words: readonly T[], otherwise: T) => (words.includes(value as T) ? (value as T) : otherwise);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** Reads what was stored or imported. What is missing takes its default; what cannot be taken is left out and told; what is no workflow at all says why. */
export function readGraph(value: unknown): Read {
  if (!isRecord(value) || value['format'] !== graphFormat) return { error: 'This is no workflow. Choose a file that was exported here.' };
  const version = number(value['version'], 0);
  if (version > graphVersion) {
    return { error: `This workflow was made by a newer version: its format is ${version}, and ${graphVersion} is the newest that can be read here. Update this installation, or export it there in the older format.` };
  }
  const left: string[] = [];
  const nodes = readNodes(list(value['nodes']), left);
  const edges = readEdges(list(value['edges']), new Set(nodes.map(({ id }) => id)), left);
  const budget = number(value['budget'], 0);
  return {
    left,
    graph: {
      name: isText(value['name']) && value['name'].trim() !== '' ? value['name'].slice(0, 150) : emptyGraph.name,
      run: word(value['run'], ['auto', 'checkpoint', 'manual'], 'auto'),
      review: word(value['review'], ['gathered', 'rolling'], 'gathered'),
      combine: word(value['combine'], ['all', 'paired'], 'all'),
      reuse: value['reuse'] !== false,
      budget: budget > 0 ? budget : null,
      nodes,
      edges,
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

function readNodes(values: readonly unknown[], left: string[]): GraphNode[] {
  const found = new Map<string, GraphNode>();
  values.forEach((value, at) => {
    const where = `Step ${at + 1}`;
    const kind = isRecord(value) ? nodeKinds.find((known) => known === value['kind']) : undefined;
    if (!isRecord(value) || !isText(value['id']) || value['id'] === '') left.push(`${where} has no id.`);
    else if (kind === undefined) left.push(`${where} is of the kind “${String(value['kind']).slice(0, 40)}”, which is not known here. Known are ${nodeKinds.join(', ')}.`);
    else if (found.has(value['id'])) left.push(`${where} has the id “${value['id'].slice(0, 40)}” of a step before it.`);
    else found.set(value['id'], readNode(value, makeNode(kind, number(value['x'], 0), number(value['y'], 0), value['id'])));
  });
  return [...found.values()];
}

function readEdges(values: readonly unknown[], ids: ReadonlySet<string>, left: string[]): GraphEdge[] {
  const found = new Map<string, GraphEdge>();
  values.forEach((value, at) => {
    const [from, to] = isRecord(value) ? [value['from'], value['to']] : [];
    if (isText(from) && isText(to) && ids.has(from) && ids.has(to)) found.set(edgeId({ from, to }), { from, to });
    else left.push(`Wire ${at + 1} has lost an end.`);
  });
  return [...found.values()];
}

/** What a setting must be where null stands for "as the model does it". */
const fits: Record<string, (value: unknown) => boolean> = {
  model: isText,
  ratio: isText,
  quality: isText,
  resolution: isText,
  duration: (value) => number(value, 0) > 0,
  themeFocus: (value) => ['outfits', 'poses', 'expressions', 'lighting'].includes(value as string),
  fallback: (value) => isRecord(value) && (value['max'] === null || number(value['max'], -1) >= 0),
  set: (value) => readSet(value) !== null,
  seed: (value) => Number.isSafeInteger(value) && number(value, -1) >= 0,
};

function readNode(value: Record<string, unknown>, node: GraphNode): GraphNode {
  const config = { ...node.config } as Record<string, unknown>;
  const given = isRecord(value['config']) ? value['config'] : {};
  // Only settings it has, and only of the sort it has.
  for (const [name, usual] of Object.entries(config)) {
    const wish = given[name];
    if (wish === undefined || wish === null) continue;
    if (usual === null ? fits[name]?.(wish) : typeof wish === typeof usual && Array.isArray(wish) === Array.isArray(usual)) config[name] = wish;
  }
  if ('images' in config) config['images'] = list(config['images']).flatMap(readPhoto);
  return { ...node, config, pause: value['pause'] === true } as GraphNode;
}

function readPhoto(value: unknown): DraftImage[] {
  if (!isRecord(value) || !Number.isSafeInteger(value['assetId'])) return [];
  const assetId = value['assetId'] as number;
  const own = (name: string, otherwise: string) => (isText(value[name]) ? value[name] : otherwise);
  return [{ assetId, name: own('name', `Photo ${assetId}`), url: own('url', `/assets/${assetId}/content`), thumbnailUrl: own('thumbnailUrl', `/assets/${assetId}/thumbnail`) }];
}

function readSet(value: unknown): PhotoSet | null {
  if (!isRecord(value) || !isRecord(value['options'])) return null;
  const given = value['options'];
  const whole = setKinds.every(({ kind, options }) => {
    const chosen = given[kind];
    return Array.isArray(chosen) && chosen.every((one) => isText(one) && (options.length > 0 ? options.some((option) => option.value === one) : one.length <= longestOutfit)) && chosen.length <= mostOutfits;
  });
  const each = number(value['each'], 0);
  return whole && each >= 1 && each <= mostEach && ['full', 'one_at_a_time', 'pairwise'].includes(value['coverage'] as string) ? (value as unknown as PhotoSet) : null;
}

/** Chosen nodes with the wires between them, as text for the clipboard. */
export function copyNodes(graph: Graph, ids: ReadonlySet<string>): string {
  const part: Graph = { ...graph, nodes: graph.nodes.filter((node) => ids.has(node.id)), edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)) };
  return JSON.stringify(toFile(part));
}

const pasteShift = 32;

/** Puts copied nodes beside what is there, under ids of their own. */
export function pasteNodes(graph: Graph, text: string): { graph: Graph; ids: readonly string[]; left: readonly string[] } | { error: string } {
  const read = parseGraph(text);
  if ('error' in read) return read;
  const ids = new Map(read.graph.nodes.map((node) => [node.id, newId()]));
  const renamed = (id: string) => ids.get(id) ?? id;
  let shift = pasteShift;
  // The same pasted twice does not hide the first.
  while (read.graph.nodes.some((node) => graph.nodes.some((other) => other.x === node.x + shift && other.y === node.y + shift))) shift += pasteShift;
  return {
    left: read.left,
    ids: [...ids.values()],
    graph: {
      ...graph,
      nodes: [...graph.nodes, ...read.graph.nodes.map((node) => ({ ...node, id: renamed(node.id), x: node.x + shift, y: node.y + shift }))],
      edges: [...graph.edges, ...read.graph.edges.map(({ from, to }) => ({ from: renamed(from), to: renamed(to) }))],
    },
  };
}
