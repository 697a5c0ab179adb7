import { ProblemError } from '@/api/problem';
import type { StepRequest } from '@/domain/api';

/** The parts of the page a fault can be at; also the ids of the elements a reason leads to. */
export type Field =
  | 'photos' | 'prompt' | 'combine' | 'enhance' | 'motion' | 'budget' | 'run-mode'
  | 'image-model' | 'image-count' | 'image-ratio' | 'image-resolution' | 'image-quality' | 'image-negative' | 'image-seed'
  | 'video-model' | 'video-count' | 'video-resolution' | 'video-duration' | 'video-audio' | 'video-negative' | 'video-seed'
  | 'run';

export interface Fault {
  field: Field;
  message: string;
}

const configFields: Record<string, Record<string, Field>> = {
  i2i: { model: 'image-model', images_per_prompt: 'image-count', aspect_ratio: 'image-ratio', resolution: 'image-resolution', quality: 'image-quality', negative_prompt: 'image-negative', seed: 'image-seed', prompts: 'prompt', set_mode: 'image-count' },
  i2v: { model: 'video-model', videos_per_image: 'video-count', resolution: 'video-resolution', duration_sec: 'video-duration', audio: 'video-audio', negative_prompt: 'video-negative', seed: 'video-seed', aspect_ratio: 'video-model', motion_prompts: 'motion' },
  prompt_enhance: { input_prompts: 'prompt' },
};

/** Which control a JSON pointer into the request speaks of. The steps sent say what `/steps/1` is. */
export function fieldOf(pointer: string, steps: readonly Pick<StepRequest, 'step_type'>[]): Field {
  const [root, second, third, fourth] = pointer.split('/').slice(1);
  if (root === 'inputs') return second === 'images' ? 'photos' : second === 'combine' ? 'combine' : 'prompt';
  if (root === 'budget_usd') return 'budget';
  if (root === 'mode' || root === 'checkpoints') return 'run-mode';
  const stepType = root === 'steps' ? steps[Number(second)]?.step_type : undefined;
  if (stepType === undefined) return 'run';
  const known = third === 'config' && fourth !== undefined ? configFields[stepType]?.[fourth] : undefined;
  if (known) return known;
  return stepType === 'prompt_enhance' ? 'enhance' : stepType === 'i2i' ? 'image-model' : 'video-model';
}

/** A refused estimate or run as faults at the page's controls. Other errors are not the draft's fault: none. */
export function faultsOf(error: unknown, steps: readonly Pick<StepRequest, 'step_type'>[]): Fault[] {
  if (!(error instanceof ProblemError) || (error.status !== 422 && error.status !== 400)) return [];
  const entries = Object.entries(error.problem.errors ?? {});
  if (entries.length === 0) return [{ field: 'run', message: error.message }];
  return entries.flatMap(([pointer, messages]) => messages.map((message) => ({ field: fieldOf(pointer, steps), message })));
}
