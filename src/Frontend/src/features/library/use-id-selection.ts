import { useCallback, useRef, useState } from 'react';
import type { AssetIndex } from '@/domain/assets/asset-index';

const none: ReadonlySet<number> = new Set();

/** Which assets are marked, by id: a hundred thousand of them are one set. */
export function useIdSelection(index: AssetIndex) {
  const [picked, setPicked] = useState<ReadonlySet<number>>(none);
  const last = useRef<number | null>(null);

  const select = useCallback(
    (at: number, pick: boolean, range: boolean) => {
      const from = range && last.current !== null ? last.current : at;
      last.current = at;
      setPicked((before) => {
        const after = new Set(before);
        for (const id of index.ids.subarray(Math.min(from, at), Math.max(from, at) + 1)) {
          if (pick) after.add(id);
          else after.delete(id);
        }
        return after;
      });
    },
    [index],
  );
  const selectAll = useCallback(() => setPicked(new Set(index.ids)), [index]);
  const clear = useCallback(() => {
    last.current = null;
    setPicked(none);
  }, []);
  return { picked, select, selectAll, clear };
}
