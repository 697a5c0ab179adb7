import type { FeedEvent, Output, PipelineStatus } from '@/domain/api';

export interface LiveStep {
  pct: number;
  outputs: number;
  total: number;
  etaSec: number | null;
}

export interface LiveOutput {
  id: number;
  type: Output['type'];
  url: string | null;
  thumbnailUrl: string | null;
}

export interface LiveFailure {
  itemId: number;
  stepId: number;
  message: string;
  retryable: boolean;
}

/** What the feed has told about one run since the page began to listen. It lies over what was fetched. */
export interface LiveRun {
  lastId: number;
  status: PipelineStatus | null;
  currentStep: number | null;
  cost: number | null;
  steps: Readonly<Record<number, LiveStep>>;
  outputs: Readonly<Record<number, readonly LiveOutput[]>>;
  failures: readonly LiveFailure[];
}

export const nothingYet: LiveRun = { lastId: 0, status: null, currentStep: null, cost: null, steps: {}, outputs: {}, failures: [] };

export const isOver = (status: PipelineStatus | null) => status === 'completed' || status === 'failed' || status === 'cancelled';

/** (state, event) → state. Repeated and late events change nothing; unknown ones only move the position on. */
export function applyEvent(state: LiveRun, event: FeedEvent): LiveRun {
  const id = Number(event.id);
  if (!Number.isFinite(id) || id <= state.lastId) return state;
  const next = { ...state, lastId: id };
  switch (event.event) {
    case 'pipeline_status':
      return { ...next, status: event.data.status, currentStep: event.data.current_step };
    case 'step_progress': {
      const { step_id, progress_pct, outputs_so_far, total, eta_sec } = event.data;
      return { ...next, steps: { ...state.steps, [step_id]: { pct: progress_pct, outputs: outputs_so_far, total, etaSec: eta_sec } } };
    }
    case 'output_ready': {
      const { step_id, output_id, output_type, output_url, thumbnail_url } = event.data;
      const known = state.outputs[step_id] ?? [];
      if (known.some((output) => output.id === output_id)) return next;
      return { ...next, outputs: { ...state.outputs, [step_id]: [...known, { id: output_id, type: output_type, url: output_url, thumbnailUrl: thumbnail_url }] } };
    }
    case 'cost_update':
      // What was spent is never unspent; an update that was overtaken must not show less.
      return { ...next, cost: Math.max(state.cost ?? 0, event.data.cost_actual) };
    case 'error': {
      const { item_id, step_id, error_message, retryable } = event.data;
      const others = state.failures.filter((failure) => failure.itemId !== item_id);
      return { ...next, failures: [...others, { itemId: item_id, stepId: step_id, message: error_message, retryable }].slice(-50) };
    }
    default:
      return next;
  }
}

export const applyEvents = (state: LiveRun, events: readonly FeedEvent[]): LiveRun => events.reduce(applyEvent, state);

/** What was fetched now holds all this and more: keep the position, drop the outputs it has. */
export function reconcile(state: LiveRun, fetched: Pick<ReadonlySet<number>, 'has'>): LiveRun {
  let changed = false;
  const outputs: Record<number, readonly LiveOutput[]> = {};
  for (const [stepId, list] of Object.entries(state.outputs)) {
    const left = list.filter((output) => !fetched.has(output.id));
    changed ||= left.length !== list.length;
    // What is unchanged stays the same list: nobody has to look through it again.
    outputs[Number(stepId)] = left.length === list.length ? list : left;
  }
  return changed ? { ...state, outputs } : state;
}
