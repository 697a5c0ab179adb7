import { useSyncExternalStore } from 'react';
import { describeError, ProblemError } from '@/api/problem';
import type { UploadAnswer } from '@/domain/api';
import { importAssets, uploadAssets } from '@/domain/assets/assets';
import { draftStore } from './draft-store';
import { sentShares } from './sent-shares';

export interface PendingUpload {
  id: number;
  name: string;
  /** A picture to show while it travels, when the browser can show it. */
  preview: string | null;
  /** How much of it has left, 0 to 1; null when nobody can tell. */
  sent: number | null;
}

export interface FailedUpload {
  id: number;
  name: string;
  reason: string;
}

interface Uploads {
  pending: readonly PendingUpload[];
  failed: readonly FailedUpload[];
}

const filesPerRequest = 8;
const bytesPerRequest = 50 * 1024 * 1024;

let state: Uploads = { pending: [], failed: [] };
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: Partial<Uploads>): void {
  state = { ...state, ...next };
  listeners.forEach((listener) => listener());
}

/** Batches small enough that the first thumbnails come soon and one lost connection costs little. */
export function batches<T extends { size: number }>(files: readonly T[]): T[][] {
  const result: T[][] = [];
  let bytes = 0;
  for (const file of files) {
    const last = result.at(-1);
    if (last && last.length < filesPerRequest && bytes + file.size <= bytesPerRequest) {
      last.push(file);
      bytes += file.size;
    } else {
      result.push([file]);
      bytes = file.size;
    }
  }
  return result;
}

/** The reasons of an answer that refused everything. A problem names the files when it can. */
export function reasonsOf(error: unknown, names: readonly string[]): { name: string; reason: string }[] {
  const errors = error instanceof ProblemError ? (error.problem.errors as unknown) : undefined;
  if (Array.isArray(errors)) {
    return errors.map((entry: { file?: string; message?: string }) => ({ name: entry.file ?? 'File', reason: entry.message ?? 'It was refused.' }));
  }
  if (typeof errors === 'object' && errors !== null) {
    const entries = Object.entries(errors as Record<string, string[]>);
    return entries.map(([pointer, messages]) => {
      const index = Number(pointer.split('/').at(-1));
      const name = Number.isInteger(index) ? names[index] : names.find((candidate) => pointer.endsWith(candidate));
      return { name: name ?? (names.length === 1 ? (names[0] ?? 'File') : 'Files'), reason: messages.join(' ') };
    });
  }
  return names.map((name) => ({ name, reason: describeError(error) }));
}

function fail(reasons: { name: string; reason: string }[]): void {
  if (reasons.length > 0) change({ failed: [...state.failed, ...reasons.map((reason) => ({ ...reason, id: nextId++ }))] });
}

async function send(pending: readonly PendingUpload[], request: () => Promise<UploadAnswer>): Promise<void> {
  try {
    const answer = await request();
    draftStore.addAssets(answer.data);
    fail((answer.errors ?? []).map((error) => ({ name: error.file, reason: error.message })));
  } catch (error) {
    fail(reasonsOf(error, pending.map((upload) => upload.name)));
  } finally {
    const ids = new Set(pending.map((upload) => upload.id));
    pending.forEach((upload) => upload.preview && URL.revokeObjectURL(upload.preview));
    change({ pending: state.pending.filter((upload) => !ids.has(upload.id)) });
  }
}

function tell(pending: readonly PendingUpload[], shares: readonly number[]): void {
  const sent = new Map(pending.map((upload, index) => [upload.id, shares[index] ?? 0]));
  change({ pending: state.pending.map((upload) => ({ ...upload, sent: sent.get(upload.id) ?? upload.sent })) });
}

function wait(name: string, file: File | null): PendingUpload {
  return { id: nextId++, name, preview: file?.type.startsWith('image/') ? URL.createObjectURL(file) : null, sent: file === null ? null : 0 };
}

/** Sends files to the library and puts what was accepted into the draft, in order, batch by batch. */
async function addFiles(files: readonly File[]): Promise<void> {
  const queue = batches(files).map((batch) => ({ batch, pending: batch.map((file) => wait(file.name, file)) }));
  change({ pending: [...state.pending, ...queue.flatMap(({ pending }) => pending)] });
  for (const { batch, pending } of queue) {
    await send(pending, () => uploadAssets(batch, (bytes) => tell(pending, sentShares(batch.map((file) => file.size), bytes))));
  }
}

async function addUrls(urls: readonly string[]): Promise<void> {
  const pending = urls.map((url) => wait(url, null));
  change({ pending: [...state.pending, ...pending] });
  await send(pending, () => importAssets(urls));
}

export const uploads = {
  addFiles,
  addUrls,
  refuse: (name: string, reason: string) => fail([{ name, reason }]),
  forget: (id: number) => change({ failed: state.failed.filter((failure) => failure.id !== id) }),
  forgetAll: () => change({ failed: [] }),
};

export const useUploads = () =>
  useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => state,
  );

/** The addresses in a pasted text, when it is nothing but addresses. */
export function urlsIn(text: string): string[] {
  const words = text.trim().split(/\s+/).filter(Boolean);
  return words.length > 0 && words.length <= 50 && words.every((word) => /^https?:\/\/\S+\.\S+/i.test(word)) ? words : [];
}
