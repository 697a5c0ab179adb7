import { useSyncExternalStore } from 'react';
import type { StepType } from '@/domain/api';
import { newId, type Graph } from './graph/graph';
import { readGraph, toFile, type StoredGraph } from './graph/files';
import type { RunPrint } from './graph/stale';

/** The branch of a run, as it was when it was started. */
export interface RunBranch {
  pipelineId: number;
  /** The steps of its nodes. */
  steps: Readonly<Record<string, StepType>>;
}

export interface LastRun {
  group: string;
  at: string;
  branches: readonly RunBranch[];
  print: RunPrint;
}

/** A workflow that is being worked on, kept by this browser for one workspace. */
export interface WorkflowDraft {
  graph: Graph;
  run: LastRun | null;
  updatedAt: string;
}

interface Stored {
  graph: StoredGraph;
  run: LastRun | null;
  updatedAt: string;
}

const prefix = (workspace: number) => `pipeline.workflow.${workspace}.`;
const keyOf = (workspace: number, id: string) => prefix(workspace) + id;

const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

/** Null for what is not there, and for what cannot be read. */
export function readDraft(stored: string | null): WorkflowDraft | null {
  if (stored === null) return null;
  try {
    const parsed = JSON.parse(stored) as Partial<Stored>;
    const read = readGraph(parsed.graph);
    return 'error' in read ? null : { graph: read.graph, run: parsed.run ?? null, updatedAt: parsed.updatedAt ?? '' };
  } catch {
    return null;
  }
}

export const loadDraft = (workspace: number, id: string) => readDraft(localStorage.getItem(keyOf(workspace, id)));

/** False when the browser keeps nothing: the work in hand goes on all the same. */
export function saveDraft(workspace: number, id: string, draft: WorkflowDraft): boolean {
  try {
    localStorage.setItem(keyOf(workspace, id), JSON.stringify({ ...draft, graph: toFile(draft.graph) } satisfies Stored));
    tell();
    return true;
  } catch {
    return false;
  }
}

export function removeDraft(workspace: number, id: string): void {
  localStorage.removeItem(keyOf(workspace, id));
  tell();
}

/** Puts a graph among the drafts, and says under which id. */
export function addDraft(workspace: number, graph: Graph): string {
  const id = newId();
  saveDraft(workspace, id, { graph, run: null, updatedAt: new Date().toISOString() });
  return id;
}

/** What another tab of this browser does to a draft. */
export function followDraft(workspace: number, id: string, onChange: (draft: WorkflowDraft | null) => void): () => void {
  const listen = ({ key, newValue }: StorageEvent) => {
    if (key === keyOf(workspace, id)) onChange(readDraft(newValue));
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}

export interface ListedDraft {
  id: string;
  draft: WorkflowDraft;
}

let last: { stamp: string; list: readonly ListedDraft[] } = { stamp: '', list: [] };

/** The drafts of a workspace, the newest first; the same array while nothing changed. */
function listDrafts(workspace: number): readonly ListedDraft[] {
  const keys = Object.keys(localStorage).filter((key) => key.startsWith(prefix(workspace)));
  const stamp = JSON.stringify([workspace, keys.map((key) => [key, localStorage.getItem(key)])]);
  if (stamp !== last.stamp) {
    const list = keys.flatMap((key) => {
      const draft = readDraft(localStorage.getItem(key));
      return draft ? [{ id: key.slice(prefix(workspace).length), draft }] : [];
    });
    last = { stamp, list: list.sort((a, b) => b.draft.updatedAt.localeCompare(a.draft.updatedAt)) };
  }
  return last.list;
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('storage', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('storage', listener);
  };
}

export const useDrafts = (workspace: number) => useSyncExternalStore(subscribe, () => listDrafts(workspace));
