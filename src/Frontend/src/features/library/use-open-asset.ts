import { useCallback, useState } from 'react';
import { placeOfAsset, type AssetIndex } from '@/domain/assets/asset-index';

/** Which place of the list is open. It follows its asset where that goes; once it is gone, what came into its place is open. */
export function useOpenAsset(index: AssetIndex, known: boolean) {
  const [opened, setOpened] = useState<{ id: number; at: number } | null>(null);
  const moved = opened && index.ids[opened.at] !== opened.id ? placeOfAsset(index, opened.id) : null;
  const at = opened && (moved === null ? opened.at : moved >= 0 ? moved : Math.min(opened.at, index.length - 1));
  const id = at === null ? undefined : index.ids[at];
  // Nothing is left to look at; what comes back later does not open by itself.
  if (opened && known && id === undefined) setOpened(null);
  else if (opened && at !== null && id !== undefined && (id !== opened.id || at !== opened.at)) setOpened({ id, at });

  const setOpen = useCallback(
    (next: number | null) => {
      const nextId = next === null ? undefined : index.ids[next];
      setOpened(next === null || nextId === undefined ? null : { id: nextId, at: next });
    },
    [index],
  );
  return { open: at !== null && at >= 0 ? at : null, setOpen };
}
