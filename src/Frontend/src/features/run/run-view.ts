import type { Output, Pipeline, PipelineStatus, Step, StepType } from '@/domain/api';
import { fromEntry, fromLive, fromOutput, parseRatio, type GalleryItem } from '@/domain/outputs/gallery-item';
import { itemMaker } from '@/domain/outputs/item-lists';
import type { OutputIndex } from '@/domain/outputs/output-index';
import type { LiveRun } from '@/domain/progress/progress-reducer';

export interface StepView {
  step: Step;
  total: number;
  done: number;
  failed: number;
  running: number;
  etaSec: number | null;
  /** What an answer has described, in order. The same list as long as nothing was added. */
  items: readonly GalleryItem[];
  /** What the feed has announced since. */
  fresh: readonly GalleryItem[];
  /** How many more there are that were not read yet. */
  unread: number;
  /** Width over height of what is still to come. */
  ratio: number;
  prompts: readonly Output[];
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

/** What was fetched of the outputs of a run, by step: prompts with their words, pictures and clips in brief. */
export interface FetchedOutputs {
  prompts: Readonly<Record<number, readonly Output[]>>;
  indexes: Readonly<Record<number, OutputIndex>>;
}

export const nothingFetched: FetchedOutputs = { prompts: {}, indexes: {} };

const fallbackRatio = 1.5;
const none: readonly GalleryItem[] = [];

/** Makes views of one run; what it has made once it does not make again. */
export function runViewer() {
  const make = itemMaker();

  /** Lays what the feed told over what was fetched. Both only grow, so the larger count is the newer. */
  function viewStep(step: Step, live: LiveRun, { prompts, indexes }: FetchedOutputs, photoRatio: number): StepView {
    const told = live.steps[step.id];
    const announced = live.outputs[step.id] ?? [];
    const isPrompts = step.step_type === 'prompt_enhance';
    const texts = isPrompts ? (prompts[step.id] ?? step.outputs) : [];
    const index = indexes[step.id];
    const first = index?.entries[0] ?? step.outputs[0];
    const ratio = first?.width && first.height ? first.width / first.height : (parseRatio(step.config.aspect_ratio) ?? photoRatio);
    const items = isPrompts ? none : index ? make(index.entries, (entry) => fromEntry(entry, step, ratio)) : make(step.outputs, (output) => fromOutput(output, step, ratio));
    const isKnown = index ? (id: number) => index.ids.has(id) : (id: number) => step.outputs.some((output) => output.id === id);
    const fresh = isPrompts ? none : make(announced.some(({ id }) => isKnown(id)) ? announced.filter(({ id }) => !isKnown(id)) : announced, (output) => fromLive(output, step, ratio));
    const over = ['completed', 'failed', 'cancelled', 'skipped', 'review'].includes(step.status);
    const seen = isPrompts ? texts.length : items.length;
    const done = Math.max(step.progress.succeeded, told?.outputs ?? 0, seen > step.progress.total ? 0 : seen);
    const { failed } = step.progress;
    const total = over ? step.progress.total : Math.max(step.progress.total, told?.total ?? 0);
    const running = over ? 0 : Math.min(step.progress.running, Math.max(0, total - done - failed));
    return { step, total, done, failed, running, etaSec: over ? null : (told?.etaSec ?? step.progress.eta_sec), items, fresh, unread: index || isPrompts ? 0 : Math.max(0, step.outputs_total - items.length), ratio, prompts: texts.filter((output) => output.type === 'prompt') };
  }

  /** @param photoRatio Width over height of the photos it starts from; what comes out is shaped like what goes in. */
  return function viewRun(pipeline: Pipeline, live: LiveRun, fetched: FetchedOutputs, photoRatio: number | null): RunView {
    const steps: StepView[] = [];
    let shape = photoRatio ?? fallbackRatio;
    for (const step of [...pipeline.steps].sort((a, b) => a.step_order - b.step_order)) {
      if (step.status === 'skipped') continue;
      const view = viewStep(step, live, fetched, shape);
      if (step.step_type !== 'prompt_enhance') shape = view.ratio;
      steps.push(view);
    }
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
  };
}

export type Filter = 'all' | StepType;

/** What to look at when nobody chose: the step at work, and after the end everything. */
export function defaultFilter(view: RunView): Filter {
  if (view.review) return view.review.step.step_type;
  const media = view.steps.filter((step) => step.step.step_type !== 'prompt_enhance');
  if (view.status === 'running' || view.status === 'pending' || view.status === 'paused') {
    const working = [...view.steps].reverse().find((step) => step.step.status === 'running' || step.items.length + step.fresh.length > 0);
    return working?.step.step_type ?? view.steps[0]?.step.step_type ?? 'all';
  }
  return media.length > 1 ? 'all' : (media[0]?.step.step_type ?? 'all');
}

export const stepNouns: Record<StepType, { one: string; many: string }> = {
  prompt_enhance: { one: 'prompt', many: 'Prompts' },
  i2i: { one: 'image', many: 'Images' },
  i2v: { one: 'video', many: 'Videos' },
};
