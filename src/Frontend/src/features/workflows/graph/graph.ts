import type { PipelineMode, PipelineRequest, ThemeFocus } from '@/domain/api';
import { emptyDraft, type Draft, type DraftImage } from '@/domain/draft/draft';
import type { PhotoSet } from '@/domain/draft/photo-set';

export type NodeKind = 'upload_images' | 'enhance_prompts' | 'generate_images' | 'generate_videos';

interface Configs {
  upload_images: { images: readonly DraftImage[] };
  enhance_prompts: { prompt: string; variations: number; themeFocus: ThemeFocus | null };
  generate_images: Draft['image'] & { prompt: string; set: PhotoSet | null };
  /** `prompt` is the movement where images come in, and the whole prompt where photos do. */
  generate_videos: Draft['video'] & { prompt: string };
}

export type Config<K extends NodeKind = NodeKind> = Configs[K];

interface NodeOf<K extends NodeKind> {
  id: string;
  kind: K;
  config: Configs[K];
  /** With checkpoints: the run stops after this step, to be looked through. */
  pause: boolean;
  x: number;
  y: number;
}

export type GraphNode<K extends NodeKind = NodeKind> = { [Kind in K]: NodeOf<Kind> }[K];

export interface GraphEdge {
  from: string;
  to: string;
}

export type ReviewFlow = NonNullable<PipelineRequest['review']>;

/** A workflow as it is drawn. What runs are its branches. */
export interface Graph {
  name: string;
  run: PipelineMode;
  /** With checkpoints: whether what is picked goes on at once or together with the rest. */
  review: ReviewFlow;
  combine: 'all' | 'paired';
  /** What was made before is taken again at no cost. */
  reuse: boolean;
  budget: number | null;
  nodes: readonly GraphNode[];
  edges: readonly GraphEdge[];
}

export const emptyGraph: Graph = { name: 'Untitled workflow', run: 'auto', review: 'gathered', combine: 'all', reuse: true, budget: null, nodes: [], edges: [] };

export const nodeKinds: readonly NodeKind[] = ['upload_images', 'enhance_prompts', 'generate_images', 'generate_videos'];

export const nodeSize = { width: 208, height: 132 } as const;

/** What may follow what: each step of a pipeline comes once, in this order. */
const follows: Record<NodeKind, readonly NodeKind[]> = {
  upload_images: ['enhance_prompts', 'generate_images', 'generate_videos'],
  enhance_prompts: ['generate_images', 'generate_videos'],
  generate_images: ['generate_videos'],
  generate_videos: [],
};

export const canFollow = (from: NodeKind, to: NodeKind) => follows[from].includes(to);

/** Kinds that a wire from, or to, this one could end at. */
export const partnersOf = (kind: NodeKind, side: 'after' | 'before') => nodeKinds.filter((other) => (side === 'after' ? canFollow(kind, other) : canFollow(other, kind)));

export const defaultConfig: { [K in NodeKind]: () => Configs[K] } = {
  upload_images: () => ({ images: [] }),
  enhance_prompts: () => ({ prompt: '', variations: emptyDraft.variationsPerPrompt, themeFocus: null }),
  generate_images: () => ({ ...emptyDraft.image, prompt: '', set: null }),
  generate_videos: () => ({ ...emptyDraft.video, prompt: '' }),
};

export const newId = () => Math.random().toString(36).slice(2, 10);

/** Worked out once for what never changes: every edit of a graph makes a new one, and new lists of what it touches. */
export function once<Of extends object, Made>(make: (of: Of) => Made): (of: Of) => Made {
  const known = new WeakMap<Of, Made>();
  return (of) => {
    const made = known.get(of) ?? make(of);
    known.set(of, made);
    return made;
  };
}

const byId = once((nodes: Graph['nodes']) => new Map(nodes.map((node) => [node.id, node])));
const into = once((edges: Graph['edges']) => {
  const found = new Map<string, GraphEdge[]>();
  for (const edge of edges) found.set(edge.to, [...(found.get(edge.to) ?? []), edge]);
  return found;
});

export const nodeOf = (graph: Graph, id: string) => byId(graph.nodes).get(id);
export const ofKind = <K extends NodeKind>(node: GraphNode | undefined, kind: K) => (node?.kind === kind ? (node as GraphNode<K>) : undefined);
export const parentsOf = (graph: Graph, id: string) => (into(graph.edges).get(id) ?? []).flatMap((edge) => nodeOf(graph, edge.from) ?? []);
export const childrenOf = (graph: Graph, id: string) => graph.edges.filter((edge) => edge.from === id).flatMap((edge) => nodeOf(graph, edge.to) ?? []);
export const edgeId = ({ from, to }: GraphEdge) => `${from}-${to}`;

export function makeNode(kind: NodeKind, x: number, y: number, id = newId()): GraphNode {
  return { id, kind, config: defaultConfig[kind](), pause: false, x, y } as GraphNode;
}

/** The nearest place to the right of and below a wish at which nothing lies yet. */
export function freeSpot(graph: Graph, x: number, y: number): { x: number; y: number } {
  const gap = 24;
  const taken = (at: { x: number; y: number }) => graph.nodes.some((node) => Math.abs(node.x - at.x) < nodeSize.width + gap && Math.abs(node.y - at.y) < nodeSize.height + gap);
  for (let ring = 0; ring < 20; ring++) {
    for (const [right, down] of [[0, ring], [ring, 0], [ring, ring]] as const) {
      const spot = { x: x + right * (nodeSize.width + gap), y: y + down * (nodeSize.height + gap) };
      if (!taken(spot)) return spot;
    }
  }
  return { x, y };
}

/** Everything that lies before a node, however far. */
export function ancestorsOf(graph: Graph, id: string): Set<string> {
  const seen = new Set<string>();
  const queue = [id];
  for (const at of queue) {
    for (const { from } of into(graph.edges).get(at) ?? []) {
      if (seen.has(from)) continue;
      seen.add(from);
      queue.push(from);
    }
  }
  return seen;
}

/** Why two nodes cannot be wired so; null when they can. */
export function refusal(graph: Graph, from: string, to: string): string | null {
  const [source, target] = [nodeOf(graph, from), nodeOf(graph, to)];
  if (!source || !target || from === to) return 'A step cannot feed itself.';
  if (graph.edges.some((edge) => edge.from === from && edge.to === to)) return 'They are connected already.';
  if (ancestorsOf(graph, from).has(to)) return 'That would go round in a circle.';
  return canFollow(source.kind, target.kind) ? null : wrongWire(source.kind, target.kind);
}

export function wrongWire(from: NodeKind, to: NodeKind): string {
  if (to === 'upload_images') return 'Photos come from outside; nothing goes into an upload.';
  if (from === 'generate_videos') return 'Videos are the end of a branch; nothing is made of them.';
  if (from === 'generate_images' && to === 'generate_images') return 'Images are made of photos, not of images of the same run.';
  if (from === 'enhance_prompts') return 'Prompts are enhanced once.';
  return 'Prompts are enhanced before images are made, not after.';
}

export const addNode = (graph: Graph, node: GraphNode): Graph => ({ ...graph, nodes: [...graph.nodes, node] });

export const connect = (graph: Graph, from: string, to: string): Graph => (refusal(graph, from, to) === null ? { ...graph, edges: [...graph.edges, { from, to }] } : graph);

export function remove(graph: Graph, nodes: ReadonlySet<string>, edges: ReadonlySet<string> = new Set()): Graph {
  return { ...graph, nodes: graph.nodes.filter((node) => !nodes.has(node.id)), edges: graph.edges.filter((edge) => !nodes.has(edge.from) && !nodes.has(edge.to) && !edges.has(edgeId(edge))) };
}

export function place(graph: Graph, places: ReadonlyMap<string, { x: number; y: number }>): Graph {
  return { ...graph, nodes: graph.nodes.map((node) => (places.has(node.id) ? { ...node, ...places.get(node.id) } : node)) };
}

export function configure<K extends NodeKind>(graph: Graph, id: string, kind: K, patch: Partial<Configs[K]>): Graph {
  return { ...graph, nodes: graph.nodes.map((node) => (node.id === id && node.kind === kind ? ({ ...node, config: { ...node.config, ...patch } } as GraphNode) : node)) };
}

export const pauseAfter = (graph: Graph, id: string, pause: boolean): Graph => ({ ...graph, nodes: graph.nodes.map((node) => (node.id === id ? { ...node, pause } : node)) });
