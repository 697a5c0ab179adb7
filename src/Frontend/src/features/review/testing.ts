import type { ReviewEntry } from './review-model';

export const aReviewEntry = (over: Partial<ReviewEntry> = {}): ReviewEntry => ({
  id: 1, assetId: 50, width: 640, height: 480, durationSec: null, model: 'kling-image', simulated: false, verdict: 'unset', rating: null, image: 0, place: 0, promptKey: 'red', promptLabel: 'red', redone: false, settled: false, ...over,
});
