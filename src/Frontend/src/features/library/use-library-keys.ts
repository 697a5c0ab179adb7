import { useMarkAssets, useTrashAssets } from '@/domain/assets/marks';
import { useHotkey } from '@/ui/use-hotkey';
import type { LibraryItems } from './use-library-items';

interface KeysOptions {
  picked: ReadonlySet<number>;
  /** Nothing is marked in the trash. */
  enabled: boolean;
  recordAt: LibraryItems['recordAt'];
  ids: Float64Array;
  onRemoved: () => void;
}

/** `.` stars, 1 to 5 rate and Delete moves to the trash what is selected, or the picture that has the focus. */
export function useLibraryKeys({ picked, enabled, recordAt, ids, onRemoved }: KeysOptions): void {
  const { mutate: mark } = useMarkAssets();
  const { mutate: remove } = useTrashAssets();
  const meant = () => {
    if (picked.size > 0) return [...picked];
    const focused = Number(document.activeElement?.closest<HTMLElement>('[data-asset]')?.dataset.asset);
    return focused ? [focused] : [];
  };
  const run = (act: (all: number[]) => void) => {
    const all = meant();
    if (all.length > 0 && enabled) act(all);
  };
  const rate = (rating: number) => run((all) => mark({ ids: all, marks: { rating } }));
  useHotkey('.', () =>
    run((all) => {
      const starred = all.every((id) => recordAt(ids.indexOf(id))?.starred);
      mark({ ids: all, marks: { star: !starred } });
    }),
  );
  useHotkey('Delete', () =>
    run((all) => {
      // The focus goes on to what comes into its place.
      const slot = document.activeElement?.closest<HTMLElement>('[data-slot]')?.dataset.slot;
      remove(all, { onSuccess: () => slot !== undefined && requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-slot="${slot}"] button`)?.focus()) });
      onRemoved();
    }),
  );
  useHotkey('1', () => rate(1));
  useHotkey('2', () => rate(2));
  useHotkey('3', () => rate(3));
  useHotkey('4', () => rate(4));
  useHotkey('5', () => rate(5));
  useHotkey('0', () => rate(0));
}
