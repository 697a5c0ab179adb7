import { useCallback, useState, useSyncExternalStore } from 'react';

export function useMedia(query: string): boolean {
  // Asked once: the browser keeps the answer up to date.
  const [media] = useState(() => matchMedia(query));
  const subscribe = useCallback(
    (listener: () => void) => {
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    [media],
  );
  return useSyncExternalStore(subscribe, () => media.matches);
}

/** Where the rails become sheets. */
export const useIsNarrow = () => useMedia('(max-width: 1023px)');
