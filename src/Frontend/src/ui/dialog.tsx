import { X } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { IconButton } from './button';
import { cn } from './cn';
import { LayerContext } from './layer';

interface DialogProps {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  className?: string;
  /** The plain one has no frame at all. */
  shape?: 'dialog' | 'plain';
}

/** The browser's own modal dialog: it traps focus, closes on Escape and gives focus back. */
export function Dialog({ open, onClose, title, children, className, shape = 'dialog' }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const [layer, setLayer] = useState<HTMLElement | null>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!open || !dialog || dialog.open) return;
    dialog.showModal();
    setLayer(dialog);
    // Without a word from within, the browser gives the focus to the close button.
    dialog.querySelector<HTMLElement>('[data-first-focus]')?.focus();
  }, [open]);
  if (!open) return null;
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
      className={cn(
        'fixed text-ink',
        shape === 'dialog' && 'm-auto max-h-[calc(100dvh-32px)] w-[min(640px,calc(100vw-32px))] overflow-hidden rounded-dialog border border-line-2 bg-popover shadow-3 animate-settle',
        shape === 'plain' && 'm-0 h-dvh w-screen bg-transparent animate-fade-in',
        className,
      )}
    >
      <LayerContext value={layer}>
        {shape === 'plain' ? (
          children
        ) : (
          <div className="flex max-h-[inherit] flex-col">
            <header className="flex items-center gap-3 border-b border-line py-3 pr-3 pl-5">
              <h2 className="flex-1 text-head">{title}</h2>
              <IconButton label="Close" onClick={onClose}>
                <X className="size-4.5" />
              </IconButton>
            </header>
            <div className="min-h-0 overflow-y-auto p-5">{children}</div>
          </div>
        )}
      </LayerContext>
    </dialog>
  );
}
