/** What was, what is, and what was taken back. */
export interface History<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last step was about; another of the same kind soon after is the same step. */
  about: string | null;
  at: number;
}

const longest = 200;
const soonMs = 800;

export const begin = <T>(present: T): History<T> => ({ past: [], present, future: [], about: null, at: 0 });

/** @param about keystrokes in one field, or one drag, are one step; null always is a step of its own. */
export function record<T>(history: History<T>, next: T, about: string | null, now: number): History<T> {
  if (Object.is(next, history.present)) return history;
  const same = about !== null && about === history.about && now - history.at < soonMs;
  return { past: same ? history.past : [...history.past, history.present].slice(-longest), present: next, future: [], about, at: now };
}

export function undo<T>({ past, present, future }: History<T>): History<T> {
  const before = past.at(-1);
  return before === undefined ? { past, present, future, about: null, at: 0 } : { past: past.slice(0, -1), present: before, future: [present, ...future], about: null, at: 0 };
}

export function redo<T>({ past, present, future }: History<T>): History<T> {
  const [next, ...rest] = future;
  return next === undefined ? { past, present, future, about: null, at: 0 } : { past: [...past, present], present: next, future: rest, about: null, at: 0 };
}

/** Another tab changed it: its steps are not ours to take back. */
export const replaced = <T>(present: T): History<T> => begin(present);
