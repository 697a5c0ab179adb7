import type { Step, StepEdits } from '@/domain/api';

/** What a person changed in review and has not approved yet. */
export interface ReviewEdits {
  texts: Readonly<Record<number, string>>;
  /** Outputs whose choice differs from the server's. */
  selected: Readonly<Record<number, boolean>>;
  added: readonly string[];
}

/** What a review has to know of an output. A picture has no words to change. */
export interface Reviewed {
  id: number;
  selected: boolean;
  text?: string | null;
}

export const noEdits: ReviewEdits = { texts: {}, selected: {}, added: [] };

export const isSelected = (output: Reviewed, edits: ReviewEdits) => edits.selected[output.id] ?? output.selected;

export const selectedCount = (outputs: readonly Reviewed[], edits: ReviewEdits) =>
  outputs.filter((output) => isSelected(output, edits)).length + edits.added.filter((text) => text.trim() !== '').length;

/** The body of the approval: only what really differs. */
export function toStepEdits(outputs: readonly Reviewed[], edits: ReviewEdits): StepEdits {
  const changed = outputs.flatMap((output) => {
    const text = edits.texts[output.id]?.trim();
    const newText = text !== undefined && text !== '' && text !== output.text ? { text } : {};
    const choice = edits.selected[output.id];
    const newChoice = choice !== undefined && choice !== output.selected ? { selected: choice } : {};
    const change = { ...newText, ...newChoice };
    return Object.keys(change).length > 0 ? [{ id: output.id, ...change }] : [];
  });
  const add = edits.added.map((text) => text.trim()).filter(Boolean).map((text) => ({ text }));
  return { ...(changed.length > 0 && { outputs: changed }), ...(add.length > 0 && { add }) };
}

/**
 * How much follows when `selected` of `outputs` go on, as the steps after this one were planned in proportion to them.
 * A prompt added for all photos can make more than its share, so this is a guide; the server charges what is made.
 */
export function whatFollows(selected: number, outputs: number, later: readonly Pick<Step, 'step_type' | 'progress' | 'cost_estimate'>[]) {
  const share = outputs === 0 ? 0 : selected / outputs;
  return later.map((step) => ({ stepType: step.step_type, count: Math.round(step.progress.total * share), cost: step.cost_estimate * share }));
}
