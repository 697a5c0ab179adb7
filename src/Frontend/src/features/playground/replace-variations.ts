import type { Variation } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { toast } from '@/ui/toast';

/** Puts a list aside with a way back. */
export function replaceVariations(next: Variation[] | null, words: string): void {
  const before = draftStore.get().variations;
  draftStore.patch({ variations: next });
  toast.good(words, { action: { label: 'Undo', run: () => draftStore.patch({ variations: before }) } });
}
