import type { Model } from '@/domain/api';
import { grouped } from '@/domain/count';
import { isRetired, pickModel } from '@/domain/models/capabilities';
import { longestPrompt, splitPrompts } from '@/domain/prompts/split-prompts';
import { promptsOf } from '@/domain/draft/build-request';
import { makesImages, makesVideos, type Draft } from '@/domain/draft/draft';
import type { Fault } from './problem-fields';

/** Every reason why the draft cannot run as it stands, each at the control that mends it. Empty: it can. */
export function blockers(draft: Draft, models: readonly Model[], uploading: number): Fault[] {
  const faults: Fault[] = [];
  const prompts = promptsOf(draft);
  if (uploading > 0) faults.push({ field: 'photos', message: 'Photos are still being added.' });
  else if (draft.images.length === 0) faults.push({ field: 'photos', message: 'Add at least one photo.' });
  if (prompts.length === 0) {
    faults.push({ field: 'prompt', message: draft.variations === null ? 'Write what you want to see.' : 'Keep at least one of the enhanced prompts.' });
  }
  const tooLong = [...prompts, ...splitPrompts(draft.motion)].filter((prompt) => prompt.length > longestPrompt).length;
  if (tooLong > 0) faults.push({ field: 'prompt', message: `A prompt can have ${grouped(longestPrompt)} characters at most; ${tooLong === 1 ? 'one is' : `${tooLong} are`} longer.` });
  if (draft.combine === 'paired' && prompts.length > 1 && draft.images.length > 1 && prompts.length !== draft.images.length) {
    faults.push({ field: 'combine', message: `One to one needs as many prompts as photos: there are ${prompts.length} prompts and ${draft.images.length} photos.` });
  }
  for (const [kind, used] of [['image', makesImages(draft)], ['video', makesVideos(draft)]] as const) {
    const model = used ? pickModel(models, kind, draft[kind].model) : undefined;
    if (model && isRetired(model) && !model.simulated) faults.push({ field: `${kind}-model`, message: `${model.name} was retired by its maker. Choose another ${kind} model.` });
  }
  return faults;
}
