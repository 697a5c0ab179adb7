import type { Lineage, LineageNode, Pipeline } from '@/domain/api';
import type { Draft, DraftImage } from './draft';
import { draftFromPipeline } from './from-pipeline';

export type RunOfOutput = Parameters<typeof draftFromPipeline>[0] & Pick<Pipeline, 'id'>;

/** The run that made an asset; null for what nobody made here, or whose run was deleted. */
export const runOf = ({ chain }: Lineage): number | null => {
  const self = chain.at(-1);
  return self && self.kind !== 'source' && self.pipeline_name ? (self.pipeline_id ?? null) : null;
};

/** Everything of one output as a draft again: its photo, its own words and seeds, and all settings of its run. What was removed since is left out, and told. */
export function draftFromOutput(lineage: Lineage, run: RunOfOutput): { draft: Draft; missing: string[] } {
  const own = lineage.chain.filter((node) => node.pipeline_id === run.id);
  const photo = photoOf(lineage, run.id);
  const whole = draftFromPipeline(run, (assetId) => `photo ${assetId}`);
  const image = own.findLast((node) => node.kind === 'image');
  const video = own.findLast((node) => node.kind === 'video');
  const words = image?.prompt ?? own.findLast((node) => node.kind === 'enhanced_prompt' || node.kind === 'prompt')?.text ?? video?.prompt ?? '';
  const images = photo && photo.state === 'there' ? [toImage(photo)] : [];
  return {
    draft: {
      ...whole,
      images,
      prompt: words,
      variations: null,
      enhanceInRun: false,
      // The very combination was one of the photo set's; its words are in the prompt.
      set: null,
      ...(image && video?.prompt && video.prompt !== words && { motion: video.prompt }),
      image: { ...whole.image, model: image?.model ?? whole.image.model, seed: image?.seed ?? null },
      video: { ...whole.video, model: video?.model ?? whole.video.model, seed: video?.seed ?? null },
    },
    missing: images.length === 0 && photo ? [photo.state === 'trashed' ? 'Its photo is in the trash.' : 'Its photo is not there any more.'] : [],
  };
}

/** What the run took: the last picture in the chain that the run itself did not make. */
const photoOf = ({ chain }: Lineage, run: number): LineageNode | undefined => chain.findLast((node) => node.asset_id !== null && (node.kind === 'source' || node.pipeline_id !== run));

const toImage = (node: LineageNode): DraftImage => ({
  assetId: node.asset_id ?? 0,
  name: node.name ?? `photo ${node.asset_id ?? ''}`,
  url: node.url ?? '',
  thumbnailUrl: node.thumbnail_url ?? '',
});
