import type { PipelineRequest } from '@/domain/api';
import type { Draft, DraftImage } from '@/domain/draft/draft';
import { makesImages, makesVideos } from '@/domain/draft/draft';
import { draftFromPipeline } from '@/domain/draft/from-pipeline';
import { emptyGraph, makeNode, type Graph, type GraphNode, type NodeKind } from './graph';

const column: Record<NodeKind, number> = { upload_images: 0, enhance_prompts: 1, generate_images: 2, generate_videos: 3 };

/** Runs as they were set up, drawn: what is the same in several of them is one node. */
export function graphFromDrafts(name: string, drafts: readonly Draft[]): Graph {
  const nodes = new Map<string, GraphNode>();
  const edges = new Map<string, { from: string; to: string }>();
  const rows = [0, 0, 0, 0];
  const put = (kind: NodeKind, key: unknown, config: GraphNode['config'], pause = false): GraphNode => {
    const same = `${kind} ${JSON.stringify([key, config, pause])}`;
    const known = nodes.get(same);
    if (known) return known;
    const made = { ...makeNode(kind, column[kind] * 288, (rows[column[kind]] ?? 0) * 190), config, pause } as GraphNode;
    rows[column[kind]] = (rows[column[kind]] ?? 0) + 1;
    nodes.set(same, made);
    return made;
  };
  const wire = (from: GraphNode, to: GraphNode) => edges.set(`${from.id}-${to.id}`, { from: from.id, to: to.id });

  for (const draft of drafts) {
    let last = put('upload_images', null, { images: draft.images });
    const next = (node: GraphNode) => {
      wire(last, node);
      last = node;
    };
    const enhanced = draft.enhanceInRun && draft.variations === null;
    const texts = draft.variations?.filter((variation) => variation.kept).map((variation) => variation.text).join('\n---\n') ?? draft.prompt;
    if (enhanced) next(put('enhance_prompts', last.id, { prompt: draft.prompt, variations: draft.variationsPerPrompt, themeFocus: draft.themeFocus }, draft.pauseAfter.prompt_enhance && draft.run === 'checkpoint'));
    if (makesImages(draft)) next(put('generate_images', [last.id, drafts.indexOf(draft)], { ...draft.image, prompt: enhanced ? '' : texts, set: draft.set }, draft.pauseAfter.i2i && draft.run === 'checkpoint'));
    if (makesVideos(draft)) next(put('generate_videos', [last.id, drafts.indexOf(draft)], { ...draft.video, prompt: draft.mode === 'full' ? draft.motion : enhanced ? '' : texts }));
  }
  const [first] = drafts;
  return { ...emptyGraph, name, run: first?.run ?? 'auto', combine: first?.combine ?? 'all', budget: first?.budget ?? null, nodes: [...nodes.values()], edges: [...edges.values()] };
}

/** The pipelines of a template, drawn. */
export function graphFromPipelines(name: string, pipelines: readonly PipelineRequest[]): Graph {
  const review = pipelines.some((pipeline) => pipeline.review === 'rolling') ? 'rolling' : 'gathered';
  return { ...graphFromDrafts(name, pipelines.map(draftOfRequest)), review };
}

/** A request as a draft: its photos are known by their number only. */
export function draftOfRequest({ inputs, steps, mode, checkpoints, budget_usd: budget }: PipelineRequest): Draft {
  const images = (inputs?.images ?? []).flatMap((image) => (image?.asset_id ? [{ asset_id: image.asset_id, url: `/assets/${image.asset_id}/content`, thumbnail_url: `/assets/${image.asset_id}/thumbnail` }] : []));
  return draftFromPipeline(
    {
      inputs: { images, prompts: inputs?.prompts ?? [], combine: inputs?.combine ?? 'all' },
      steps: steps.map((step) => ({ step_type: step.step_type, config: step.config ?? {}, status: step.skip ? 'skipped' : 'pending' })),
      mode: mode ?? 'auto',
      checkpoints: (checkpoints ?? []).filter((step) => step !== null),
      budget_usd: budget ?? null,
    },
    (id) => `Photo ${id}`,
  );
}

export const withPhotos = (graph: Graph, images: readonly DraftImage[]): Graph => ({
  ...graph,
  nodes: graph.nodes.map((node) => (node.kind === 'upload_images' && node.config.images.length === 0 ? { ...node, config: { images } } : node)),
});
