import type { PipelineMode, ThemeFocus } from '@/domain/api';
import type { PhotoSet } from './photo-set';

export type Mode = 'i2i' | 'i2v' | 'full';

export interface DraftImage {
  assetId: number;
  name: string;
  url: string;
  thumbnailUrl: string;
}

export interface Variation {
  id: string;
  text: string;
  kept: boolean;
}

/** Leave for another provider to step in. `max`: US dollars for one output there; null: no more than at the first. */
export interface Fallback {
  max: number | null;
}

/** What either generator can be told. Null stands for "what the model does by itself". */
export interface Making {
  model: string | null;
  count: number;
  resolution: string | null;
  /** What it should not show; empty: nothing is said of it. */
  negativePrompt: string;
  /** Of the first output; each further one gets the next number. Null: another one every time. */
  seed: number | null;
  fallback?: Fallback | null;
}

/** What a person has set up and not yet run. Everything here survives a reload. */
export interface Draft {
  mode: Mode;
  images: DraftImage[];
  prompt: string;
  /** Prompts made from `prompt` by Enhance, to keep or drop; null when none were made. */
  variations: Variation[] | null;
  /** Movement for the videos; empty lets each video follow the prompt of its image. */
  motion: string;
  enhanceInRun: boolean;
  variationsPerPrompt: number;
  themeFocus: ThemeFocus | null;
  combine: 'all' | 'paired';
  image: Making & { ratio: string | null; quality: string | null };
  /** Varies each photo along the chosen lines, in place of so many images of a prompt. */
  set: PhotoSet | null;
  video: Making & { duration: number | null; audio: boolean };
  run: PipelineMode;
  pauseAfter: { prompt_enhance: boolean; i2i: boolean };
  budget: number | null;
}

const making: Making = { model: null, count: 1, resolution: null, negativePrompt: '', seed: null, fallback: null };

export const emptyDraft: Draft = {
  mode: 'full',
  images: [],
  prompt: '',
  variations: null,
  motion: '',
  enhanceInRun: false,
  variationsPerPrompt: 5,
  themeFocus: null,
  combine: 'all',
  image: { ...making, ratio: null, quality: null },
  set: null,
  video: { ...making, duration: null, audio: false },
  run: 'auto',
  pauseAfter: { prompt_enhance: true, i2i: true },
  budget: null,
};

export const makesImages = (draft: Pick<Draft, 'mode'>) => draft.mode !== 'i2v';
export const makesVideos = (draft: Pick<Draft, 'mode'>) => draft.mode !== 'i2i';
export const isUntouched = (draft: Draft) => draft.images.length === 0 && draft.prompt.trim() === '' && draft.set === null;

export const draftKey = 'pipeline.draft.v1';
const asideKey = 'pipeline.draft.aside.v1';

/** Anything unreadable, or of another shape, is no draft. */
export function readDraft(stored: string | null): Draft {
  if (stored === null) return emptyDraft;
  try {
    const parsed = JSON.parse(stored) as Partial<Draft>;
    if (typeof parsed.prompt !== 'string' || !Array.isArray(parsed.images)) return emptyDraft;
    return {
      ...emptyDraft,
      ...parsed,
      image: { ...emptyDraft.image, ...parsed.image },
      video: { ...emptyDraft.video, ...parsed.video },
      pauseAfter: { ...emptyDraft.pauseAfter, ...parsed.pauseAfter },
    };
  } catch {
    return emptyDraft;
  }
}

function write(key: string, draft: Draft): void {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
  } catch {
    // A full or forbidden storage costs the draft's memory, not the work in hand.
  }
}

export const forgetAside = () => localStorage.removeItem(asideKey);

/** The draft that was set aside, once. */
export function takeAside(): Draft | null {
  const stored = localStorage.getItem(asideKey);
  forgetAside();
  return stored === null ? null : readDraft(stored);
}

export function loadDraft(): Draft {
  const aside = takeAside();
  if (aside !== null) saveDraft(aside);
  return aside ?? readDraft(localStorage.getItem(draftKey));
}
export const saveDraft = (draft: Draft) => write(draftKey, draft);
export const saveAside = (draft: Draft) => write(asideKey, draft);
