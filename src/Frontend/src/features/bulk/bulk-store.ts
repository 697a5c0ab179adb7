import { useSyncExternalStore } from 'react';
import type { SheetEdit, SheetMapping, StepType } from '@/domain/api';
import type { PhotoSet } from '@/domain/draft/photo-set';

export type SplitBy = 'blocks' | 'lines';
export type Execution = 'auto' | 'checkpoint' | 'manual';

/** All that is set on the page but the photos, which are the playground's as well. */
export interface BulkDraft {
  source: 'text' | 'sheet';
  text: string;
  splitBy: SplitBy;
  sheetId: number | null;
  mapping: SheetMapping;
  edits: Readonly<Record<string, SheetEdit>>;
  leaveOut: boolean;
  combine: 'all' | 'paired';
  enhance: boolean;
  variations: number;
  images: boolean;
  imageModel: string | null;
  ratio: string | null;
  imageResolution: string | null;
  quality: string | null;
  imagesPerPrompt: number;
  /** Varies each photo along the chosen lines, in place of so many images of a prompt. */
  set: PhotoSet | null;
  videos: boolean;
  videoModel: string | null;
  resolution: string | null;
  duration: number | null;
  audio: boolean;
  videosPerImage: number;
  /** Movement for the videos of images; empty lets each follow the prompt of its image. */
  motion: string;
  run: Execution;
  checkpoints: readonly StepType[];
  /** What is picked at a stop goes on at once. */
  rolling: boolean;
  budget: number | null;
}

export const emptyBulk: BulkDraft = {
  source: 'text', text: '', splitBy: 'lines', sheetId: null, mapping: {}, edits: {}, leaveOut: false, combine: 'all', enhance: false, variations: 5, images: true, imageModel: null, ratio: null,
  imageResolution: null, quality: null, imagesPerPrompt: 1, set: null, videos: false, videoModel: null, resolution: null, duration: null, audio: false, videosPerImage: 1, motion: '', run: 'auto', checkpoints: ['i2i'], rolling: false, budget: null,
};

const key = 'pipeline.bulk';

function load(): BulkDraft {
  try {
    return { ...emptyBulk, ...(JSON.parse(localStorage.getItem(key) ?? '{}') as Partial<BulkDraft>) };
  } catch {
    return emptyBulk;
  }
}

let current: BulkDraft | null = null;
const listeners = new Set<() => void>();
const get = () => (current ??= load());

/** Kept in the browser, so that a reload loses nothing. */
export const bulkStore = {
  get,
  patch: (patch: Partial<BulkDraft>) => {
    current = { ...get(), ...patch };
    try {
      localStorage.setItem(key, JSON.stringify(current));
    } catch {
      // A text too long for the browser's store is kept as long as the page is.
    }
    listeners.forEach((listener) => listener());
  },
  reset: () => {
    current = null;
    localStorage.removeItem(key);
    listeners.forEach((listener) => listener());
  },
};

export const useBulk = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, get);
