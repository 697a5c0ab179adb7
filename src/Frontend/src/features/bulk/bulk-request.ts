import type { DryRun, EstimateRequest, Model, PipelineRequest, Sheet, SheetRequest, StepRequest, StepType } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { toSetMode } from '@/domain/draft/photo-set';
import { durationsOf, isRetired, nearestDuration, offered, pickModel, qualitiesOf, ratiosOf, resolutionsOf } from '@/domain/models/capabilities';
import { longestPrompt, splitPrompts } from '@/domain/prompts/split-prompts';
import type { BulkDraft, SplitBy } from './bulk-store';

export interface Fault {
  /** Id of the part of the page that mends it. */
  at: 'photos' | 'prompts' | 'chain' | 'execution' | 'run';
  message: string;
}

/** Blocks parted by dashes, or one prompt a line. */
export const promptsOf = (text: string, splitBy: SplitBy): string[] => (splitBy === 'blocks' ? splitPrompts(text) : text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== ''));

/** How a text was probably meant: dashes on a line of their own part blocks. */
export const guessSplit = (text: string): SplitBy => (/^[ \t]*-{3,}[ \t]*$/m.test(text) ? 'blocks' : 'lines');

/** Movements, one a line or parted by dashes. Where a video is made of the photo itself, its prompt is the movement. */
export const motionsOf = (draft: Pick<BulkDraft, 'motion' | 'images'>): string[] => (draft.images ? promptsOf(draft.motion, guessSplit(draft.motion)) : []);

/** A text file in whatever encoding it was saved. @returns the text, and what is to be said about it. */
export function decodeText(bytes: ArrayBuffer): { text: string; note: string | null } {
  const head = new Uint8Array(bytes.slice(0, 4));
  const utf16 = head[0] === 0xff && head[1] === 0xfe ? 'utf-16le' : head[0] === 0xfe && head[1] === 0xff ? 'utf-16be' : null;
  if (utf16) return { text: new TextDecoder(utf16).decode(bytes), note: null };
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), note: null };
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), note: 'The file is not UTF-8; it was read as Windows-1252. Look at letters with accents.' };
  }
}

/** The steps of the chain, in their order. */
export function stepsOf(draft: BulkDraft, models: readonly Model[]): StepRequest[] {
  const image = pickModel(models, 'image', draft.imageModel);
  const video = pickModel(models, 'video', draft.videoModel);
  const ratio = offered(draft.ratio, ratiosOf(image));
  const size = offered(draft.imageResolution, resolutionsOf(image));
  const quality = offered(draft.quality, qualitiesOf(image));
  const resolution = offered(draft.resolution, resolutionsOf(video));
  const set = toSetMode(draft.set);
  const motion = motionsOf(draft);
  const duration = draft.duration === null ? null : nearestDuration(draft.duration, durationsOf(video));
  return [
    ...(draft.enhance ? [{ step_type: 'prompt_enhance' as const, config: { variations_per_prompt: draft.variations, target_type: draft.images ? ('i2i' as const) : ('i2v' as const) } }] : []),
    ...(draft.images ? [{ step_type: 'i2i' as const, config: { ...(image && { model: image.id }), ...(set ? { set_mode: set } : { images_per_prompt: draft.imagesPerPrompt }), ...(ratio && { aspect_ratio: ratio }), ...(size && { resolution: size }), ...(quality && { quality }) } }] : []),
    ...(draft.videos
      ? [{ step_type: 'i2v' as const, config: { ...(video && { model: video.id }), videos_per_image: draft.videosPerImage, ...(resolution && { resolution }), ...(duration !== null && { duration_sec: duration }), ...(draft.audio && video?.capabilities.audio && { audio: true }), ...(motion.length > 0 && { motion_prompts: motion }) } }]
      : []),
  ];
}

/** The steps after which it stops: never the last, after which nothing follows. */
export function stopsOf(draft: BulkDraft, steps: readonly StepRequest[]): StepType[] {
  const before = steps.slice(0, -1).map((step) => step.step_type);
  return draft.run === 'manual' ? before : draft.run === 'checkpoint' ? before.filter((type) => draft.checkpoints.includes(type)) : [];
}

/** How it runs, whatever goes in. */
export function commonOf(draft: BulkDraft, steps: StepRequest[], simulate: boolean): Omit<PipelineRequest, 'inputs' | 'name'> {
  const stops = stopsOf(draft, steps);
  const mode = draft.run === 'checkpoint' && stops.length === 0 ? 'auto' : draft.run;
  return { mode, ...(mode === 'checkpoint' && { checkpoints: stops }), ...(mode === 'checkpoint' && draft.rolling && { review: 'rolling' as const }), steps, ...(draft.budget !== null && { budget_usd: draft.budget }), ...(simulate && { simulate: true }) };
}

/** Null where there is nothing to multiply yet. */
export function inputsOf(images: readonly { assetId: number }[], prompts: readonly string[], combine: BulkDraft['combine']): EstimateRequest['inputs'] | null {
  if (images.length === 0 || prompts.length === 0) return null;
  return { images: images.map(({ assetId }) => ({ asset_id: assetId })), prompts: [...prompts], ...(combine === 'paired' && { combine }) };
}

/** A sheet asks for rows only; what is made of them is the chain's, and the name is its own. */
export const sheetRequestOf = (draft: BulkDraft, steps: StepRequest[], photos: readonly NamedPhoto[], simulate: boolean): SheetRequest => ({
  mapping: draft.mapping, edits: draft.edits, pictures: picturesOf(photos), ...(steps.length > 0 && { pipeline: commonOf(draft, steps, simulate) }),
});

interface NamedPhoto {
  assetId: number;
  name: string;
}

/** Which photo of the page a file name in a sheet means; a name that two of them have means neither. */
export function picturesOf(photos: readonly NamedPhoto[]): Record<string, number> {
  const byName = new Map<string, number | null>();
  for (const { name, assetId } of photos) {
    const known = byName.get(name.toLowerCase());
    byName.set(name.toLowerCase(), known === undefined || known === assetId ? assetId : null);
  }
  return Object.fromEntries([...byName].filter((entry): entry is [string, number] => entry[1] !== null));
}

/** One level of the tree. */
export interface Level {
  type: StepType;
  model: string | null;
  count: number;
  unit: 'prompt' | 'image' | 'video';
  unitPrice: number;
  amount: number;
}

export function levelsOf(run: DryRun | undefined): Level[] {
  const levels: Level[] = [];
  for (let step: DryRun['tree']['then'] | null | undefined = run?.tree.then; step; step = step.then) {
    levels.push({ type: step.step_type, model: step.model, count: step.outputs, unit: step.unit, unitPrice: step.unit_price, amount: step.amount });
  }
  return levels;
}

export const levelsOfSheet = (sheet: Sheet | undefined): Level[] =>
  (sheet?.plan?.steps ?? []).map((step) => ({ type: step.step_type, model: step.model, count: step.count, unit: step.unit, unitPrice: step.unit_price, amount: step.amount }));

/** `3 photos → 15 prompts → 30 images → 30 videos`. */
export const chainWords = (first: string, levels: readonly Level[]) => [first, ...levels.map((level) => count(level.count, level.unit))].join(' → ');

/** What is spent before the first stop, and what may follow; rounded by nobody. */
export function payNow(levels: readonly Level[], stops: readonly StepType[]): { now: number; later: number } {
  const stop = levels.findIndex((level) => stops.includes(level.type));
  const sum = (some: readonly Level[]) => some.reduce((total, level) => total + level.amount, 0);
  return stop < 0 ? { now: sum(levels), later: 0 } : { now: sum(levels.slice(0, stop + 1)), later: sum(levels.slice(stop + 1)) };
}

/** Every reason why it cannot run as it stands, each with the part of the page that mends it. */
export function faultsOf(draft: BulkDraft, models: readonly Model[], photos: number, uploading: number, prompts: readonly string[], sheet: Sheet | undefined): Fault[] {
  const faults: Fault[] = [];
  if (uploading > 0) faults.push({ at: 'photos', message: 'Photos are still being added.' });
  if (draft.source === 'text') {
    if (photos === 0 && uploading === 0) faults.push({ at: 'photos', message: 'Add at least one photo.' });
    if (prompts.length === 0) faults.push({ at: 'prompts', message: 'Write, paste or load at least one prompt.' });
    const long = prompts.filter((prompt) => prompt.length > longestPrompt).length;
    if (long > 0) faults.push({ at: 'prompts', message: `${count(long, 'prompt')} ${long === 1 ? 'is' : 'are'} longer than ${grouped(longestPrompt)} characters.` });
    if (draft.combine === 'paired' && photos > 1 && prompts.length > 1 && photos !== prompts.length) {
      faults.push({ at: 'chain', message: `One to one needs as many prompts as photos: there are ${count(prompts.length, 'prompt')} and ${count(photos, 'photo')}.` });
    }
  } else if (!sheet) {
    faults.push({ at: 'prompts', message: 'Choose a sheet.' });
  } else if (!sheet.mapping.prompt) {
    faults.push({ at: 'prompts', message: 'Choose the column that holds the prompts.' });
  } else if (!sheet.mapping.image) {
    faults.push({ at: 'prompts', message: 'Choose the column that holds the pictures, or use the prompts of the sheet with the photos.' });
  } else if (sheet.rows_good === 0) {
    faults.push({ at: 'prompts', message: 'No row of the sheet can run.' });
  } else if (sheet.rows_bad > 0 && !draft.leaveOut) {
    faults.push({ at: 'prompts', message: `${count(sheet.rows_bad, 'row')} cannot run. Mend them, or leave them out.` });
  }
  const moved = draft.videos ? motionsOf(draft).filter((motion) => motion.length > longestPrompt).length : 0;
  if (moved > 0) faults.push({ at: 'chain', message: `${count(moved, 'motion')} ${moved === 1 ? 'is' : 'are'} longer than ${grouped(longestPrompt)} characters.` });
  if (!draft.images && !draft.videos) faults.push({ at: 'chain', message: 'Make images, videos or both.' });
  for (const [kind, used, id] of [['image', draft.images, draft.imageModel], ['video', draft.videos, draft.videoModel]] as const) {
    const model = used ? pickModel(models, kind, id) : undefined;
    if (model && isRetired(model) && !model.simulated) faults.push({ at: 'chain', message: `${model.name} was retired by its maker. Choose another ${kind} model.` });
  }
  return faults;
}
