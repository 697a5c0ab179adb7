import { startTransition, useImperativeHandle, useState, type ReactNode, type Ref } from 'react';
import { WhereItWent } from '@/domain/assets/in-trash';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import type { ItemList } from '@/domain/outputs/item-lists';
import { Lightbox } from '@/domain/outputs/lightbox';
import { useHotkey } from '@/ui/use-hotkey';

export interface LightboxControl {
  open: (index: number) => void;
}

interface RunLightboxProps {
  ref: Ref<LightboxControl>;
  items: ItemList;
  actionsOf: (item: GalleryItem) => ReactNode;
  /** In review: P picks and X leaves out the output that is open. */
  onPick: ((outputId: number | null | undefined, pick: boolean) => void) | null;
}

/** What is open is its own business: the gallery behind it is not drawn again for it. */
export function RunLightbox({ ref, items, actionsOf, onPick }: RunLightboxProps) {
  const [index, setIndex] = useState<number | null>(null);
  useImperativeHandle(ref, () => ({ open: (index) => startTransition(() => setIndex(index)) }), []);
  const item = index === null ? undefined : items.at(index);
  // The lightbox is a dialog, so these keys are its own.
  const options = { enabled: onPick !== null && item !== undefined, inDialog: true };
  useHotkey('p', () => onPick?.(item?.outputId, true), options);
  useHotkey('x', () => onPick?.(item?.outputId, false), options);
  return (
    <Lightbox
      items={items}
      index={index}
      onIndex={setIndex}
      actionsOf={(item) => (item.assetId === null ? actionsOf(item) : <WhereItWent id={item.assetId}>{actionsOf(item)}</WhereItWent>)}
    />
  );
}
