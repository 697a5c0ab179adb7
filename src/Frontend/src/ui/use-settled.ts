import { useEffect, useState } from 'react';

const pauseMs = 250;

/** The value once it has stood still for a moment: what is asked of a server follows this, not every keystroke. An object must keep its identity while it stays the same. */
export function useSettled<T>(value: T, afterMs = pauseMs): T {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), afterMs);
    return () => clearTimeout(timer);
  }, [value, afterMs]);
  return settled;
}
