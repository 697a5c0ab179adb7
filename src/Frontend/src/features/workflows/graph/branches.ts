import type { EstimateRequest, Model, PipelineRequest, StepType } from '@/domain/api';
import { buildPipeline } from '@/domain/draft/build-request';
import { emptyDraft, type Draft, type DraftImage, type Making } from '@/domain/draft/draft';
import { pickModel } from '@/domain/models/capabilities';
import { nodeOf, ofKind, once, parentsOf, type Graph, type GraphNode } from './graph';

/** A way through the graph from an upload to its last step: a pipeline of its own. */
export interface Branch {
  key: string;
  upload: GraphNode<'upload_images'>;
  enhance: GraphNode<'enhance_prompts'> | null;
  images: GraphNode<'generate_images'> | null;
  videos: GraphNode<'generate_videos'> | null;
}

type Way = Omit<Branch, 'key' | 'upload'> & { upload: Branch['upload'] | null };

const nothing: Way = { upload: null, enhance: null, images: null, videos: null };

/** The ways that lead to a node, itself included. Photos and prompts may come by wires of their own: then they meet here. */
function waysTo(graph: Graph, node: GraphNode, under: ReadonlySet<string>): Way[] {
  if (under.has(node.id)) return [];
  const below = new Set([...under, node.id]);
  const parents = parentsOf(graph, node.id);
  const ways = parents.flatMap((parent) => waysTo(graph, parent, below));
  switch (node.kind) {
    case 'upload_images':
      return [{ ...nothing, upload: node }];
    case 'enhance_prompts': {
      const withPhotos = ways.filter((way) => way.upload);
      return withPhotos.length > 0 ? withPhotos.map((way) => ({ ...way, enhance: node })) : [{ ...nothing, enhance: node }];
    }
    case 'generate_images':
      return meet(ways.filter((way) => !way.images && !way.videos)).map((way) => ({ ...way, images: node }));
    case 'generate_videos': {
      const ofImages = ways.filter((way) => way.images);
      const ofPhotos = meet(ways.filter((way) => !way.images && !way.videos));
      // Prompts alone, beside images, are for nobody: the images bring theirs.
      return [...ofImages, ...(ofImages.length > 0 ? ofPhotos.filter((way) => way.upload && !way.enhance) : ofPhotos)].map((way) => ({ ...way, videos: node }));
    }
  }
}

/** Every photo source with every prompt source; a source of both stays as it is. */
function meet(ways: readonly Way[]): Way[] {
  const both = ways.filter((way) => way.upload && way.enhance);
  const photos = ways.filter((way) => way.upload && !way.enhance);
  const prompts = ways.filter((way) => !way.upload && way.enhance);
  // Photos that come beside prompts made for the very same photos are those photos, not another branch.
  const alone = photos.filter((way) => !both.some((other) => other.upload?.id === way.upload?.id));
  return [...both, ...(prompts.length > 0 ? alone.flatMap((way) => prompts.map(({ enhance }) => ({ ...way, enhance }))) : alone)];
}

/** The nodes of a branch, first to last. */
export const pathOf = ({ upload, enhance, images, videos }: Branch): GraphNode[] => [upload, enhance, images, videos].filter((node) => node !== null);

const isGenerator = (node: GraphNode) => node.kind === 'generate_images' || node.kind === 'generate_videos';

/** The branches of a graph, in the order in which their last steps were drawn. */
export const branchesOf = once((graph: Graph): readonly Branch[] => {
  const goesOn = new Set(graph.edges.filter((edge) => nodeOf(graph, edge.to)?.kind === 'generate_videos' && nodeOf(graph, edge.from)?.kind === 'generate_images').map((edge) => edge.from));
  const branches = graph.nodes.filter((node) => isGenerator(node) && !goesOn.has(node.id)).flatMap((leaf) => waysTo(graph, leaf, new Set()));
  const found = new Map<string, Branch>();
  for (const { upload, ...way } of branches) {
    if (upload === null) continue;
    const branch = { upload, ...way, key: [upload, way.enhance, way.images, way.videos].map((node) => node?.id ?? '').join('.') };
    found.set(branch.key, branch);
  }
  return [...found.values()];
});

/** A branch as the playground would have set it up, so that there is one way from settings to a request. */
export function draftOf(graph: Graph, { upload, enhance, images, videos }: Branch): Draft {
  const first = images ?? videos;
  return {
    ...emptyDraft,
    mode: images && videos ? 'full' : videos ? 'i2v' : 'i2i',
    images: [...upload.config.images],
    prompt: enhance ? enhance.config.prompt : (first?.config.prompt ?? ''),
    motion: images && videos ? videos.config.prompt : '',
    enhanceInRun: enhance !== null,
    variationsPerPrompt: enhance?.config.variations ?? emptyDraft.variationsPerPrompt,
    themeFocus: enhance?.config.themeFocus ?? null,
    combine: graph.combine,
    image: images ? imageOf(images.config) : emptyDraft.image,
    set: images?.config.set ?? null,
    video: videos ? videoOf(videos.config) : emptyDraft.video,
    run: graph.run,
    pauseAfter: { prompt_enhance: enhance?.pause ?? false, i2i: images?.pause ?? false },
    budget: graph.budget,
  };
}

// The prompt and the photo set stand elsewhere in a draft.
const makingOf = ({ model, count, resolution, negativePrompt, seed, fallback = null }: Making): Making => ({ model, count, resolution, negativePrompt, seed, fallback });
const imageOf = ({ ratio, quality, ...making }: Draft['image']): Draft['image'] => ({ ...makingOf(making), ratio, quality });
const videoOf = ({ duration, audio, ...making }: Draft['video']): Draft['video'] => ({ ...makingOf(making), duration, audio });

export const stepTypeOf: Record<GraphNode['kind'], StepType | null> = { upload_images: null, enhance_prompts: 'prompt_enhance', generate_images: 'i2i', generate_videos: 'i2v' };

/** What a branch is called in the list of runs. */
export function nameOfBranch(graph: Graph, branch: Branch, branches: readonly Branch[], models: readonly Model[]): string {
  if (branches.length < 2) return graph.name;
  const { images, videos } = branch;
  const made = [images && pickModel(models, 'image', images.config.model)?.name, videos && pickModel(models, 'video', videos.config.model)?.name].filter(Boolean).join(', ');
  const twins = branches.length > 1 ? ` ${branches.indexOf(branch) + 1}` : '';
  return `${graph.name} · ${made || 'branch'}${twins}`.slice(0, 200);
}

/** The pipeline of a branch; null while photos or prompts are missing. */
export function requestOf(graph: Graph, branch: Branch, branches: readonly Branch[], models: readonly Model[]): PipelineRequest | null {
  const request = buildPipeline(draftOf(graph, branch), models);
  return request && { ...request, ...rolls(graph, request), name: nameOfBranch(graph, branch, branches, models), ...(graph.reuse && { reuse: true }) };
}

/** Only a checkpoint can roll. */
const rolls = (graph: Graph, { checkpoints }: PipelineRequest) => graph.review === 'rolling' && (checkpoints ?? []).length > 0 && { review: graph.review };

/** What of a pipeline has a price: nothing else may make the price be asked again. */
export const pricedPart = ({ inputs, steps, reuse }: PipelineRequest): EstimateRequest & { reuse?: boolean } => ({ inputs, steps, ...(reuse && { reuse }) });

const standIn: DraftImage = { assetId: 0, name: '', url: '', thumbnailUrl: '' };

/** The pipelines of a graph as a template keeps them: photos and prompts may be missing, they come with its use. */
export function templatePipelines(graph: Graph, models: readonly Model[]): PipelineRequest[] {
  const branches = branchesOf(graph);
  return branches.flatMap((branch) => {
    const draft = draftOf(graph, branch);
    const request = buildPipeline({ ...draft, images: [standIn], prompt: draft.prompt.trim() || '-' }, models);
    if (request === null) return [];
    const prompts = draft.prompt.trim() === '' && draft.set === null ? [] : request.inputs.prompts;
    return [{ ...request, ...rolls(graph, request), name: nameOfBranch(graph, branch, branches, models), inputs: { ...request.inputs, prompts, images: draft.images.map(({ assetId }) => ({ asset_id: assetId })) } }];
  });
}

export const uploadOf = (graph: Graph, id: string) => ofKind(nodeOf(graph, id), 'upload_images');
