import { useSyncExternalStore } from 'react';

/** `offline`: this device has no network. `unreachable`: it has, and the server does not answer. */
export type Connection = 'online' | 'offline' | 'unreachable';

let reached = true;
const listeners = new Set<() => void>();
const tell = () => listeners.forEach((listener) => listener());

const get = (): Connection => (!navigator.onLine ? 'offline' : reached ? 'online' : 'unreachable');

/** What the last call to the server came to. */
export function noteReached(now: boolean): void {
  if (reached === now) return;
  reached = now;
  tell();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    listeners.delete(listener);
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
}

export const useConnection = () => useSyncExternalStore(subscribe, get);
