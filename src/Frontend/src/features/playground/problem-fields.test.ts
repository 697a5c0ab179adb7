import { expect, it } from 'vitest';
import { ProblemError } from '@/api/problem';
import { faultsOf, fieldOf } from './problem-fields';

const steps = [{ step_type: 'prompt_enhance' }, { step_type: 'i2i' }, { step_type: 'i2v' }] as const;

it.each([
  ['/inputs/images/0', 'photos'], ['/inputs/prompts/2', 'prompt'], ['/inputs/combine', 'combine'], ['/budget_usd', 'budget'], ['/checkpoints/0', 'run-mode'],
  ['/steps/0/config/variations_per_prompt', 'enhance'], ['/steps/1/config/aspect_ratio', 'image-ratio'], ['/steps/1', 'image-model'], ['/steps/2/config/duration_sec', 'video-duration'],
  ['/steps/2/config/motion_prompts/0', 'motion'], ['/steps/2/config/something_new', 'video-model'], ['/steps/9', 'run'], ['', 'run'],
])('leads from %s to %s', (pointer, field) => expect(fieldOf(pointer, steps)).toBe(field));

it('keeps every message of a refusal', () => {
  const problem = new ProblemError({ type: 'x', title: 'No', status: 422, errors: { '/inputs/prompts/0': ['Too long.', 'Empty.'], '/steps/1/config/model': ['Unknown.'] } });
  expect(faultsOf(problem, steps)).toEqual([
    { field: 'prompt', message: 'Too long.' },
    { field: 'prompt', message: 'Empty.' },
    { field: 'image-model', message: 'Unknown.' },
  ]);
});

it('is no fault of the draft when the server is down', () => {
  expect(faultsOf(new ProblemError({ type: 'x', title: 'Down', status: 503 }), steps)).toEqual([]);
  expect(faultsOf(new TypeError('x'), steps)).toEqual([]);
});
