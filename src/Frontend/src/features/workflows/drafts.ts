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

/** A draft that is there and cannot be read, as a whole. It stays as it is, so that a newer version still can. */
export interface Unreadable {
  why: string;
  stored: string;
}

/** Null for what is not there. */
export function readDraft(stored: string | null): WorkflowDraft | Unreadable | null {
  if (stored === null) return null;
  try {
    const parsed = JSON.parse(stored) as Partial<Stored>;
    const read = readGraph(parsed.graph);
    if ('error' in read) return { why: read.error, stored };
    return read.left.length > 0 ? { why: read.left.join(' '), stored } : { graph: read.graph, run: parsed.run ?? null, updatedAt: parsed.updatedAt ?? '' };
  } catch {
    return { why: 'What this browser has of it is cut off or was changed by something else.', stored };
  }
}

export const isReadable = (draft: WorkflowDraft | Unreadable | null): draft is WorkflowDraft => draft !== null && 'graph' in draft;

/** Drafts that the browser did not keep: they last as long as the page. */
const unkept = new Map<string, WorkflowDraft>();

export const loadDraft = (workspace: number, id: string) => unkept.get(keyOf(workspace, id)) ?? readDraft(localStorage.getItem(keyOf(workspace, id)));

/** False when the browser keeps nothing: the work in hand goes on all the same. */
export function saveDraft(workspace: number, id: string, draft: WorkflowDraft): boolean {
  const key = keyOf(workspace, id);
  try {
    localStorage.setItem(key, JSON.stringify({ ...draft, graph: toFile(draft.graph) } satisfies Stored));
    unkept.delete(key);
    return true;
  } catch {
    unkept.set(key, draft);
    return false;
  } finally {
    tell();
  }
}

/** Whether all that was drawn of it is in the browser's storage. */
export const isKept = (workspace: number, id: string) => !unkept.has(keyOf(workspace, id));

export function removeDraft(workspace: number, id: string): void {
  unkept.delete(keyOf(workspace, id));
  localStorage.removeItem(keyOf(workspace, id));
  tell();
}

/** Puts back what was removed and could not be read. */
export function restoreStored(workspace: number, id: string, stored: string): void {
  localStorage.setItem(keyOf(workspace, id), stored);
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
    if (key !== keyOf(workspace, id)) return;
    const draft = readDraft(newValue);
    // What a newer version of the page wrote in another tab is not this one's to show, nor to write over.
    onChange(isReadable(draft) ? draft : null);
  };
  window.addEventListener('storage', listen);
  return () => window.removeEventListener('storage', listen);
}

export interface ListedDraft {
  id: string;
  draft: WorkflowDraft | Unreadable;
}

let last: { stamp: string; list: readonly ListedDraft[] } = { stamp: '', list: [] };

/** The drafts of a workspace, the newest first; the same array while nothing changed. */
function listDrafts(workspace: number): readonly ListedDraft[] {
  const keys = [...new Set([...Object.keys(localStorage), ...unkept.keys()])].filter((key) => key.startsWith(prefix(workspace)));
  const stamp = JSON.stringify([workspace, keys.map((key) => [key, unkept.get(key)?.updatedAt ?? localStorage.getItem(key)])]);
  if (stamp !== last.stamp) {
    const list = keys.flatMap((key) => {
      const draft = unkept.get(key) ?? readDraft(localStorage.getItem(key));
      return draft ? [{ id: key.slice(prefix(workspace).length), draft }] : [];
    });
    const changed = ({ draft }: ListedDraft) => (isReadable(draft) ? draft.updatedAt : '');
    last = { stamp, list: list.sort((a, b) => changed(b).localeCompare(changed(a))) };
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
