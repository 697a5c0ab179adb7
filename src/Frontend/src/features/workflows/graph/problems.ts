import type { Model } from '@/domain/api';
import { grouped } from '@/domain/count';
import { isRetired } from '@/domain/models/capabilities';
import { longestPrompt, splitPrompts } from '@/domain/prompts/split-prompts';
import { toSetMode } from '@/domain/draft/photo-set';
import { ancestorsOf, canFollow, childrenOf, nodeOf, parentsOf, wrongWire, type Graph, type GraphNode } from './graph';
import { branchesOf, draftOf, type Branch } from './branches';
import { promptsOf } from '@/domain/draft/build-request';

export type ProblemField = 'photos' | 'prompt' | 'model' | 'count' | 'ratio' | 'quality' | 'resolution' | 'duration' | 'seed' | 'negative' | 'audio' | 'wire' | 'combine' | 'budget' | 'run-mode' | 'run';

export interface GraphProblem {
  /** Null: of the whole workflow. */
  node: string | null;
  field: ProblemField;
  message: string;
}

export const mostBranches = 50;

export const nodeTitles: Record<GraphNode['kind'], string> = {
  upload_images: 'Upload photos',
  enhance_prompts: 'Enhance prompts',
  generate_images: 'Generate images',
  generate_videos: 'Generate videos',
};

/** Whether a node has the prompts it works with of its own, or is given them. */
function needsPrompt(graph: Graph, node: GraphNode): boolean {
  if (node.kind === 'upload_images') return false;
  if (node.kind === 'enhance_prompts') return true;
  if (node.kind === 'generate_images' && toSetMode(node.config.set) !== null) return false;
  return !parentsOf(graph, node.id).some((parent) => parent.kind === 'enhance_prompts' || (node.kind === 'generate_videos' && parent.kind === 'generate_images'));
}

function ofModel(node: GraphNode, models: readonly Model[]): string | null {
  if ((node.kind !== 'generate_images' && node.kind !== 'generate_videos') || node.config.model === null || models.length === 0) return null;
  const model = models.find((candidate) => candidate.id === node.config.model);
  if (!model) return `There is no model ${node.config.model} any more. Choose another one.`;
  if (!isRetired(model) || model.simulated) return null;
  const next = models.find((candidate) => candidate.id === model.successor)?.name;
  return `${model.name} was retired by its maker. ${next ? `${next} takes its place.` : 'Choose another one.'}`;
}

function ofNode(graph: Graph, node: GraphNode, models: readonly Model[], branches: readonly Branch[]): GraphProblem[] {
  const found: GraphProblem[] = [];
  const tell = (field: ProblemField, message: string) => found.push({ node: node.id, field, message });
  const parents = parentsOf(graph, node.id);
  for (const parent of parents) if (!canFollow(parent.kind, node.kind)) tell('wire', wrongWire(parent.kind, node.kind));
  if (ancestorsOf(graph, node.id).has(node.id)) tell('wire', 'This step feeds itself in a circle. Take one wire of the circle away.');
  else if (node.kind === 'upload_images') {
    if (node.config.images.length === 0) tell('photos', 'Add at least one photo.');
  } else if (node.kind !== 'enhance_prompts' && !branches.some((branch) => branch.images?.id === node.id || branch.videos?.id === node.id)) {
    tell('wire', 'No photos come in. Connect an upload to it.');
  }
  if (node.kind === 'generate_videos' && parents.some((parent) => parent.kind === 'generate_images') && parents.some((parent) => parent.kind === 'enhance_prompts')) {
    tell('wire', 'Its images bring their prompts, so the enhanced ones are not used here. Take that wire away, and write how it moves instead.');
  }
  if (node.kind === 'upload_images' || node.kind === 'enhance_prompts') {
    if (childrenOf(graph, node.id).length === 0) tell('wire', node.kind === 'upload_images' ? 'Nothing is made of these photos. Connect a step to it.' : 'Nobody uses these prompts. Connect a step to it.');
  }
  const prompt = 'prompt' in node.config ? node.config.prompt : '';
  if (needsPrompt(graph, node) && prompt.trim() === '') tell('prompt', node.kind === 'enhance_prompts' ? 'Write the idea to enhance.' : 'Write what you want to see, or connect enhanced prompts.');
  const longest = Math.max(0, ...splitPrompts(prompt).map((text) => text.length));
  if (longest > longestPrompt) tell('prompt', `A prompt can have ${grouped(longestPrompt)} characters at most; one here has ${grouped(longest)}.`);
  const model = ofModel(node, models);
  if (model !== null) tell('model', model);
  return found;
}

/** Every reason why the workflow cannot run as it stands, each at its node. Empty: it can. */
export function problemsOf(graph: Graph, models: readonly Model[]): GraphProblem[] {
  if (graph.nodes.length === 0) return [{ node: null, field: 'run', message: 'Add a first step: photos, for example.' }];
  const branches = branchesOf(graph);
  const found = graph.nodes.flatMap((node) => ofNode(graph, node, models, branches));
  for (const edge of graph.edges) {
    if (nodeOf(graph, edge.from) && nodeOf(graph, edge.to)) continue;
    found.push({ node: nodeOf(graph, edge.to)?.id ?? nodeOf(graph, edge.from)?.id ?? null, field: 'wire', message: 'A wire has lost its other end. Take it away.' });
  }
  if (branches.length > mostBranches) found.push({ node: null, field: 'run', message: `There are ${branches.length} branches; ${mostBranches} can be started together.` });
  if (branches.length === 0 && found.length === 0) found.push({ node: null, field: 'run', message: 'Nothing is made yet. Add a step that makes images or videos.' });
  if (graph.combine === 'paired') found.push(...unpaired(graph, branches));
  return distinct(found);
}

function unpaired(graph: Graph, branches: readonly Branch[]): GraphProblem[] {
  return branches.flatMap((branch) => {
    const prompts = promptsOf(draftOf(graph, branch)).length;
    const photos = branch.upload.config.images.length;
    if (prompts < 2 || photos < 2 || prompts === photos) return [];
    const node = branch.enhance ?? branch.images ?? branch.videos ?? branch.upload;
    return [{ node: node.id, field: 'prompt' as const, message: `One to one needs as many prompts as photos: there are ${prompts} prompts and ${photos} photos.` }];
  });
}

export const distinct = (problems: readonly GraphProblem[]) =>
  problems.filter((one, at) => problems.findIndex((other) => other.node === one.node && other.field === one.field && other.message === one.message) === at);

const stepFields: Record<string, ProblemField> = {
  model: 'model', images_per_prompt: 'count', videos_per_image: 'count', aspect_ratio: 'ratio', quality: 'quality', resolution: 'resolution', duration_sec: 'duration', seed: 'seed', negative_prompt: 'negative', audio: 'audio',
  prompts: 'prompt', motion_prompts: 'prompt', input_prompts: 'prompt', set_mode: 'count', variations_per_prompt: 'count', theme_focus: 'prompt',
};

/** What the server found wrong with the pipeline of a branch, at the node it speaks of. */
export function problemAt(branch: Branch, pointer: string, message: string): GraphProblem {
  const steps = [branch.enhance, branch.images, branch.videos].filter((node) => node !== null);
  const [root, second, , fourth] = pointer.split('/').slice(1);
  if (root === 'inputs') return { node: second === 'images' ? branch.upload.id : (steps[0]?.id ?? null), field: second === 'images' ? 'photos' : 'prompt', message };
  if (root === 'budget_usd') return { node: null, field: 'budget', message };
  const node = root === 'steps' ? steps[Number(second)] : undefined;
  return node ? { node: node.id, field: stepFields[fourth ?? ''] ?? 'model', message } : { node: null, field: 'run', message };
}
