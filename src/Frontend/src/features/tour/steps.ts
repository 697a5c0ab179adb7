import type { Step } from 'react-joyride';

export type StepId = 'photos' | 'prompt' | 'modes' | 'price' | 'generate';

interface TourStep {
  id: StepId;
  /** Selectors of what is shown, the wide page's first. */
  target: string;
  title: string;
  text: string;
  placement: NonNullable<Step['placement']>;
}

export const tourSteps: readonly TourStep[] = [
  { id: 'photos', target: '#photos', title: 'Start from a photo', text: 'Drop photos, a folder or a ZIP anywhere, paste a link, or pick from the library. For now, take this one.', placement: 'bottom' },
  { id: 'prompt', target: '[data-tour="prompt"]', title: 'Say what you want to see', text: 'One line is enough: here every prompt becomes two fuller ones on the way. Enhance shows them first, to keep or drop.', placement: 'bottom' },
  { id: 'modes', target: '[role="tablist"][aria-label="What to make"]', title: 'Choose what it makes', text: 'Image changes the photo, Video animates it as it is, and the full pipeline does one after the other.', placement: 'bottom' },
  { id: 'price', target: '[data-tour="price"]', title: 'See the price first', text: 'Every count and the most you can pay are known before anything is made. What fails costs nothing.', placement: 'left' },
  { id: 'generate', target: '[data-tour="generate"]', title: 'Make it', text: '', placement: 'top' },
];
