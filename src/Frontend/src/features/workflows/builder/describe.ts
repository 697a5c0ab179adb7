import type { Model } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { fullProduct } from '@/domain/draft/photo-set';
import { durationsOf, nearestDuration, pickModel } from '@/domain/models/capabilities';
import { splitPrompts } from '@/domain/prompts/split-prompts';
import type { NodeCost } from '../graph/costs';
import type { GraphNode } from '../graph/graph';
import { nodeTitles } from '../graph/problems';

const firstLine = (text: string) => (splitPrompts(text)[0] ?? '').replace(/\s+/g, ' ');

/** A node's settings in one line. */
export function lineOf(node: GraphNode, models: readonly Model[]): string {
  switch (node.kind) {
    case 'upload_images':
      return node.config.images.length === 0 ? 'files, folder, ZIP or library' : (node.config.images[0]?.name ?? '');
    case 'enhance_prompts':
      return `${node.config.variations} of each${node.config.themeFocus ? ` · ${node.config.themeFocus}` : ''}`;
    case 'generate_images': {
      const name = pickModel(models, 'image', node.config.model)?.name ?? node.config.model ?? 'model';
      const made = node.config.set ? `${name} · set of ${fullProduct(node.config.set)}` : `${name} × ${node.config.count}`;
      return node.config.resolution ? `${made} · ${node.config.resolution}` : made;
    }
    case 'generate_videos': {
      const model = pickModel(models, 'video', node.config.model);
      const seconds = node.config.duration === null ? (model?.defaults.duration_sec ?? model?.price.base_duration_sec) : nearestDuration(node.config.duration, durationsOf(model));
      return [model?.name ?? node.config.model ?? 'model', seconds && `${seconds} s`, node.config.audio && model?.capabilities.audio && 'sound', node.config.count > 1 && `× ${node.config.count}`].filter(Boolean).join(' · ');
    }
  }
}

/** What a node says of its prompt; null where it has none. */
export const promptLineOf = (node: GraphNode) => ('prompt' in node.config && node.config.prompt.trim() !== '' ? firstLine(node.config.prompt) : null);

/** `24 images`, `10 prompts in 2 branches`. */
export function countOf(node: GraphNode, cost: NodeCost | undefined): string {
  if (node.kind === 'upload_images') return count(node.config.images.length, 'photo');
  if (!cost) return 'not counted yet';
  return count(cost.count, cost.unit) + (cost.branches > 1 ? ` in ${cost.branches} branches` : '');
}

export const priceOf = (node: GraphNode, cost: NodeCost | undefined) => (node.kind === 'upload_images' ? 'free' : cost ? formatMoney(cost.amount) : null);

/** The whole of a node in words, for those who hear it. */
export function spoken(node: GraphNode, models: readonly Model[], cost: NodeCost | undefined, problems: number, stale: string | undefined): string {
  return [nodeTitles[node.kind], lineOf(node, models), countOf(node, cost), priceOf(node, cost), problems > 0 && count(problems, 'problem'), stale && `out of date: ${stale}`].filter(Boolean).join(', ');
}

/** What of a run from here is there already. Prompts that are still to be written may turn out to be those of before. */
export function reuseWords(reuse: boolean, saves: number, writesPrompts: boolean): string {
  if (!reuse) return '“Take again what is there” is off: all of it is made anew.';
  if (saves > 0) return `${formatMoney(saves)} of it is there already and is taken again at no cost.`;
  return writesPrompts ? 'What of it is there already is known once its prompts are written: that is taken again at no cost.' : 'Nothing of it is there yet: all of it is made anew.';
}
