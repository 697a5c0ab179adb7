import { useState } from 'react';

/** A choice that this browser keeps. */
export function useKept(key: string, first: boolean): [boolean, (value: boolean) => void] {
  const [value, setValue] = useState(() => (localStorage.getItem(key) ?? String(first)) === 'true');
  const keep = (next: boolean) => {
    setValue(next);
    try {
      localStorage.setItem(key, String(next));
    } catch {
      // It holds until the page is left.
    }
  };
  return [value, keep];
}
