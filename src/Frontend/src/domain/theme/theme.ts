import { useSyncExternalStore } from 'react';

export type ThemeChoice = 'light' | 'dark' | 'system';

// public/theme.js reads the same key before the first paint.
const key = 'pipeline.theme';
const listeners = new Set<() => void>();
const systemIsLight = () => matchMedia('(prefers-color-scheme: light)');

function read(): ThemeChoice {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

function apply(): void {
  const choice = read();
  document.documentElement.dataset.theme = choice === 'system' ? (systemIsLight().matches ? 'light' : 'dark') : choice;
  listeners.forEach((listener) => listener());
}

export function chooseTheme(choice: ThemeChoice): void {
  if (choice === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, choice);
  apply();
}

/** Follows the device, and this browser's other tabs. */
export function watchTheme(): void {
  systemIsLight().addEventListener('change', apply);
  // Another tab of this browser chose another.
  window.addEventListener('storage', (event) => event.key === key && apply());
}

export function useThemeChoice(): ThemeChoice {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}
