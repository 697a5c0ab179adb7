import { useSyncExternalStore } from 'react';

/** `new`: this browser has not been offered the tour to the end; `known`: it was taken or declined. */
export type TourState = 'new' | 'running' | 'known';

const key = 'pipeline.tour';
const listeners = new Set<() => void>();
let running = false;
/** Where nothing can be stored it is offered again at the next visit, which is a nuisance and no loss. */
let knownHere = false;

const get = (): TourState => (running ? 'running' : knownHere || localStorage.getItem(key) !== null ? 'known' : 'new');

function change(next: 'running' | 'known'): void {
  running = next === 'running';
  try {
    localStorage.setItem(key, 'known');
  } catch {
    knownHere = true;
  }
  listeners.forEach((listener) => listener());
}

export const tour = {
  get,
  start: () => change('running'),
  /** It is over, or nobody wants it: it is not offered again. */
  stop: () => change('known'),
};

export const useTour = () =>
  useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, get);
