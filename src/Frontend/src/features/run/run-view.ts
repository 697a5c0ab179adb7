import type { Output, Pipeline, PipelineStatus, Step, StepType } from '@/domain/api';
import { fromLive, fromOutput, type GalleryItem } from '@/domain/outputs/gallery-item';
import type { LiveRun } from '@/domain/progress/progress-reducer';

export interface StepView {
  step: Step;
  total: number;
  done: number;
  failed: number;
  running: number;
  etaSec: number | null;
  items: GalleryItem[];
  prompts: Output[];
}

export interface RunView {
  status: PipelineStatus;
  cost: number;
  total: number;
  done: number;
  failed: number;
  etaSec: number | null;
  current: StepView | undefined;
  review: StepView | undefined;
  steps: StepView[];
}

const fallbackRatio = 1.5;

/** Lays what the feed told over what was fetched. Both only grow, so the larger count is the newer. */
function viewStep(step: Step, live: LiveRun, outputs: readonly Output[]): StepView {
  const told = live.steps[step.id];
  const fetched = new Set(outputs.map((output) => output.id));
  const first = outputs.find((output) => output.width && output.height);
  const ratio = first?.width && first.height ? first.width / first.height : fallbackRatio;
  const news = (live.outputs[step.id] ?? []).filter((output) => !fetched.has(output.id));
  const items = [...outputs.map((output) => fromOutput(output, step, ratio)), ...news.map((output) => fromLive(output, step, ratio))].filter((item) => item !== null);
  const over = ['completed', 'failed', 'cancelled', 'skipped', 'review'].includes(step.status);
  const done = Math.max(step.progress.succeeded, told?.outputs ?? 0, outputs.length > step.progress.total ? 0 : outputs.length);
  const { failed } = step.progress;
  const total = over ? step.progress.total : Math.max(step.progress.total, told?.total ?? 0);
  return { step, total, done, failed, running: over ? 0 : Math.min(step.progress.running, Math.max(0, total - done - failed)), etaSec: over ? null : (told?.etaSec ?? step.progress.eta_sec), items, prompts: outputs.filter((output) => output.type === 'prompt') };
}

export function viewRun(pipeline: Pipeline, live: LiveRun, outputs: Readonly<Record<number, readonly Output[]>>): RunView {
  const steps = [...pipeline.steps].sort((a, b) => a.step_order - b.step_order).filter((step) => step.status !== 'skipped').map((step) => viewStep(step, live, outputs[step.id] ?? step.outputs));
  const sum = (pick: (view: StepView) => number) => steps.reduce((total, view) => total + pick(view), 0);
  const current = steps.find((view) => view.step.status === 'running' || view.step.status === 'review') ?? steps.find((view) => view.step.status === 'pending');
  return {
    // The answer knows the reason too, so it is believed once it has caught up.
    status: pipeline.status,
    cost: Math.max(pipeline.cost_actual, live.cost ?? 0),
    total: sum((view) => view.total),
    done: sum((view) => view.done),
    failed: sum((view) => view.failed),
    etaSec: pipeline.status === 'running' ? (pipeline.progress.eta_sec ?? current?.etaSec ?? null) : null,
    current,
    review: steps.find((view) => view.step.status === 'review'),
    steps,
  };
}

export type Filter = 'all' | StepType;

/** What to look at when nobody chose: the step at work, and after the end everything. */
export function defaultFilter(view: RunView): Filter {
  if (view.review) return view.review.step.step_type;
  const media = view.steps.filter((step) => step.step.step_type !== 'prompt_enhance');
  if (view.status === 'running' || view.status === 'pending' || view.status === 'paused') {
    const working = [...view.steps].reverse().find((step) => step.step.status === 'running' || step.items.length > 0);
    return working?.step.step_type ?? view.steps[0]?.step.step_type ?? 'all';
  }
  return media.length > 1 ? 'all' : (media[0]?.step.step_type ?? 'all');
}

export const stepNouns: Record<StepType, { one: string; many: string }> = {
  prompt_enhance: { one: 'prompt', many: 'Prompts' },
  i2i: { one: 'image', many: 'Images' },
  i2v: { one: 'video', many: 'Videos' },
};
