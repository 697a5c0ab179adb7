import { cloneElement, useEffect, useState, type ComponentProps, type ComponentType, type ReactElement, type ReactNode } from 'react';
import { fetched } from './late';

/** A line of a short list of actions in a popover. */
export const popoverItemClass = 'flex h-9 w-full items-center gap-2.5 rounded-m px-2.5 text-body text-ink hover:bg-hover max-lg:h-11';

export interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  /** A button, or what passes a button's properties on. */
  trigger: ReactElement<ComponentProps<'button'>>;
  children: ReactNode;
  className?: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'center' | 'end';
  label: string;
  /** Where the focus goes when it closes; without it, or when the event is not prevented, back to the trigger. */
  onCloseFocus?: (event: Event) => void;
}

type Panel = ComponentType<PopoverProps>;
let known: Panel | null = null;

/** Fetches what opens, so that it is there at once when it is asked for. */
export const loadPopover = () => fetched(() => import('./popover-panel')).then(({ PopoverPanel }) => (known = PopoverPanel));

/** What opens beside its button. Until then it is the button alone: what opens is a tenth of a first load, and comes with a hover or the focus. */
export function Popover(props: PopoverProps) {
  const { open, onOpenChange, trigger } = props;
  const [Panel, setPanel] = useState<Panel | null>(null);
  const [asked, setAsked] = useState(false);
  const wanted = asked || open === true;

  useEffect(() => {
    if (!wanted || Panel) return;
    if (known) setPanel(() => known);
    else
      void loadPopover().then(
        (loaded) => setPanel(() => loaded),
        (error: unknown) => setPanel(() => { throw error; }),
      );
  }, [wanted, Panel]);

  if (Panel) return <Panel {...props} />;
  const own = trigger.props;
  const prepare = () => void loadPopover().catch(() => undefined);
  return cloneElement(trigger, {
    'aria-haspopup': 'dialog',
    'aria-expanded': wanted,
    onPointerEnter: (event) => {
      own.onPointerEnter?.(event);
      prepare();
    },
    onFocus: (event) => {
      own.onFocus?.(event);
      prepare();
    },
    onClick: (event) => {
      own.onClick?.(event);
      setAsked(true);
      onOpenChange?.(true);
    },
  });
}
