import { useSyncExternalStore } from 'react';

/** `new`: this browser has not been offered the tour to the end; `known`: it was taken or declined. */
export type TourState = 'new' | 'running' | 'known';

const key = 'pipeline.tour';
const listeners = new Set<() => void>();
let state: TourState | null = null;

const get = (): TourState => (state ??= localStorage.getItem(key) === null ? 'new' : 'known');

function change(next: TourState): void {
  state = next;
  try {
    localStorage.setItem(key, 'known');
  } catch {
    // It is offered again at the next visit, which is a nuisance and no loss.
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
