import { emptyDraft, type Draft } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { addSamples, type SampleName } from '@/domain/draft/samples';
import { tour } from './tour-store';

export const tourSample: SampleName = 'astronaut.jpg';

/** Small enough to be done while somebody watches: two prompts, two images, two clips. */
export const tourDraft: Draft = { ...emptyDraft, prompt: 'portrait at golden hour, soft warm light', enhanceInRun: true, variationsPerPrompt: 2 };

/** Begins the tour on a draft of its own; call it on the playground. */
export function beginTour(): void {
  draftStore.setAside(tourDraft);
  tour.start();
}

/** @param done it went to its end: then its draft stays, unless a person's own waits to come back. */
export function endTour(done: boolean): void {
  if (tour.get() === 'running') draftStore.putBack(done);
  tour.stop();
}

export async function addTourSample(): Promise<void> {
  if (draftStore.get().images.length > 0) return;
  await addSamples([tourSample]);
  if (draftStore.get().images.length === 0) throw new Error('The sample photo was not added. Try once more, or end the tour and add a photo of yours.');
}
