import { X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './button';
import { LayerContext } from './layer';
import { usePullDown } from './use-pull-down';

interface SheetProps {
  onClose: () => void;
  title: string;
  children: ReactNode;
  /** Stays in view below what scrolls. */
  foot?: ReactNode;
}

const farEnough = 90;

/** A modal dialog that rises from the bottom edge. A pull down, Escape, the backdrop and the button close it. */
export function Sheet({ onClose, title, children, foot }: SheetProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  useEffect(() => {
    if (!ref.current || ref.current.open) return;
    ref.current.showModal();
    setLayer(ref.current);
  }, []);
  const offset = usePullDown(ref, { onPulled: onClose, farEnough });
  return (
    // Escape is the keyboard's way to do what a press on the backdrop does.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions, jsx-a11y/click-events-have-key-events
    <dialog
      ref={ref}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      // A second Escape closes it whatever the first was answered with.
      onClose={onClose}
      onClick={(event) => event.target === ref.current && onClose()}
      style={offset > 0 ? { transform: `translateY(${offset}px)` } : undefined}
      className="fixed mt-auto mb-0 max-h-[calc(100dvh-48px)] w-full overflow-hidden rounded-t-sheet border-t border-line-2 bg-panel text-ink shadow-3 animate-sheet-in"
    >
      <div className="flex max-h-[calc(100dvh-48px)] flex-col">
        <header className="relative flex items-center gap-3 border-b border-line pt-4 pr-2 pb-1 pl-4">
          <span aria-hidden="true" className="absolute top-2 left-1/2 h-1.25 w-10 -translate-x-1/2 rounded-full bg-line-2" />
          <h2 className="flex-1 text-head">{title}</h2>
          <IconButton label="Close" onClick={onClose}>
            <X className="size-4.5" />
          </IconButton>
        </header>
        <LayerContext value={layer}>
          <div className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-4">{children}</div>
          {foot && <div className="border-t border-line p-4 pb-[max(16px,env(safe-area-inset-bottom))]">{foot}</div>}
        </LayerContext>
      </div>
    </dialog>
  );
}
