import { useSyncExternalStore } from 'react';
import type { Asset } from '@/domain/api';
import { draftKey, emptyDraft, forgetAside, isUntouched, loadDraft, readDraft, saveAside, saveDraft, takeAside, type Draft, type DraftImage } from './draft';

let current: Draft | null = null;
const listeners = new Set<() => void>();

const get = () => (current ??= loadDraft());
const tell = () => listeners.forEach((listener) => listener());

function set(change: (draft: Draft) => Draft): void {
  current = change(get());
  saveDraft(current);
  tell();
}

// Another tab of this browser changed it.
window.addEventListener('storage', (event) => {
  if (event.key !== draftKey) return;
  current = readDraft(event.newValue);
  tell();
});

/** One draft a browser, changed from any screen. */
export const draftStore = {
  get,
  set,
  patch: (patch: Partial<Draft>) => set((draft) => ({ ...draft, ...patch })),
  clear: () => {
    forgetAside();
    set(() => emptyDraft);
  },
  /** Works on another draft for a while. The one there is comes back with `putBack`, or with the next load of the page. */
  setAside: (other: Draft) => {
    saveAside(get());
    set(() => other);
  },
  /** @param keep leaves what was made meanwhile where nothing had been set aside. */
  putBack: (keep: boolean) => {
    const aside = takeAside();
    if (aside !== null && !(keep && isUntouched(aside))) set(() => aside);
  },
  /** Puts one photo where another is; the order of photos is the order of outputs. */
  movePhoto: (from: number, to: number) =>
    set((draft) => {
      const images = [...draft.images];
      const [moved] = images.splice(from, 1);
      if (moved === undefined || to < 0 || to > images.length) return draft;
      images.splice(to, 0, moved);
      return { ...draft, images };
    }),
  addAssets: (assets: readonly Asset[]) => set((draft) => ({ ...draft, images: [...draft.images, ...assets.filter((asset) => asset.type === 'image').map(toDraftImage)] })),
};

export const toDraftImage = (asset: Pick<Asset, 'id' | 'name' | 'url' | 'thumbnail_url'>): DraftImage => ({
  assetId: asset.id,
  name: asset.name,
  url: asset.url,
  thumbnailUrl: asset.thumbnail_url || asset.url,
});

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const useDraft = () => useSyncExternalStore(subscribe, get);
