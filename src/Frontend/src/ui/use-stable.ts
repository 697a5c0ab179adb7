import { useCallback, useLayoutEffect, useRef } from 'react';

/** The same function at every render, which does what the last render said: what is handed it need not be drawn anew. For events, not while rendering. */
export function useStable<Arguments extends unknown[], Answer>(act: (...args: Arguments) => Answer): (...args: Arguments) => Answer {
  const latest = useRef(act);
  useLayoutEffect(() => {
    latest.current = act;
  });
  return useCallback((...args: Arguments) => latest.current(...args), []);
}
