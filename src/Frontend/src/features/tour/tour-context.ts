import { createContext } from 'react';
import type { RunInSight } from '@/domain/draft/run-in-sight';

interface TourControl {
  run: RunInSight;
  go: (step: number) => void;
  end: (done: boolean) => void;
}

const nothing: RunInSight = { price: null, scope: null, simulated: false, enhances: false, faults: [], starting: false, generate: () => undefined };

/** What a card of the tour can see and do; the library that places the cards makes them itself. */
export const TourContext = createContext<TourControl>({ run: nothing, go: () => undefined, end: () => undefined });
