import { useCallback, useEffect, useMemo, useState } from 'react';
import { followDraft, isKept, isReadable, loadDraft, saveDraft, type LastRun, type WorkflowDraft } from '../drafts';
import type { Graph } from '../graph/graph';
import { begin, record, redo, undo, type History } from '../graph/history';

interface State {
  history: History<Graph>;
  run: LastRun | null;
  /** It came from another tab, which keeps it itself. */
  foreign: boolean;
}

const open = (draft: WorkflowDraft, foreign: boolean): State => ({ history: begin(draft.graph), run: draft.run, foreign });

export type Change = (change: (graph: Graph) => Graph, about?: string | null) => void;

/** A draft that is worked on: every change is kept at once and can be taken back. Null where there is no such draft. */
export function useWorkflow(workspace: number, id: string) {
  const [state, setState] = useState<State | null>(() => {
    const draft = loadDraft(workspace, id);
    return isReadable(draft) ? open(draft, true) : null;
  });
  const [kept, setKept] = useState(() => isKept(workspace, id));

  useEffect(() => followDraft(workspace, id, (draft) => setState(draft && open(draft, true))), [workspace, id]);
  useEffect(() => {
    if (state === null || state.foreign) return;
    // Keystrokes and drags come faster than a disk likes to write.
    const timer = setTimeout(() => setKept(saveDraft(workspace, id, { graph: state.history.present, run: state.run, updatedAt: new Date().toISOString() })), 120);
    const now = () => saveDraft(workspace, id, { graph: state.history.present, run: state.run, updatedAt: new Date().toISOString() });
    window.addEventListener('pagehide', now);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('pagehide', now);
    };
  }, [workspace, id, state]);
  // Whoever leaves the page within that pause has it kept all the same.
  const [latest] = useState<{ state: State | null }>({ state });
  useEffect(() => {
    latest.state = state;
  });
  useEffect(
    () => () => {
      const { state: now } = latest;
      if (now && !now.foreign) saveDraft(workspace, id, { graph: now.history.present, run: now.run, updatedAt: new Date().toISOString() });
    },
    [workspace, id, latest],
  );

  const step = useCallback((next: (history: History<Graph>) => History<Graph>) => {
    setState((now) => {
      if (now === null) return now;
      const history = next(now.history);
      return history === now.history || history.present === now.history.present ? now : { ...now, history, foreign: false };
    });
  }, []);
  const actions = useMemo(
    () => ({
      change: ((change, about = null) => step((history) => record(history, change(history.present), about, Date.now()))) as Change,
      undo: () => step(undo),
      redo: () => step(redo),
      ran: (run: LastRun) => setState((now) => now && { ...now, run, foreign: false }),
    }),
    [step],
  );
  return useMemo(
    () => state && { graph: state.history.present, run: state.run, canUndo: state.history.past.length > 0, canRedo: state.history.future.length > 0, kept, ...actions },
    [state, kept, actions],
  );
}

export type Workflow = NonNullable<ReturnType<typeof useWorkflow>>;
