import { useSyncExternalStore } from 'react';

// Asked by every tile at every look: the browser's answer is kept, which it brings up to date itself.
const lists = new Map<string, MediaQueryList>();

function listOf(query: string): MediaQueryList {
  let list = lists.get(query);
  if (!list) lists.set(query, (list = matchMedia(query)));
  return list;
}

export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (listener) => {
      const media = listOf(query);
      media.addEventListener('change', listener);
      return () => media.removeEventListener('change', listener);
    },
    () => listOf(query).matches,
  );
}

/** Where the rails become sheets. */
export const useIsNarrow = () => useMedia('(max-width: 1023px)');
