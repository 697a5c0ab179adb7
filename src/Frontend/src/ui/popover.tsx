import { Popover as RadixPopover } from 'radix-ui';
import { use, type ReactNode } from 'react';
import { cn } from './cn';
import { LayerContext } from './layer';

const panel = 'z-50 overflow-hidden rounded-card border border-line-2 bg-popover shadow-3 animate-rise focus-visible:outline-none';

/** A line of a short list of actions in a popover. */
export const popoverItemClass = 'flex h-9 w-full items-center gap-2.5 rounded-m px-2.5 text-body text-ink hover:bg-hover max-lg:h-11';

interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: ReactNode;
  children: ReactNode;
  className?: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'center' | 'end';
  label: string;
  /** Where the focus goes when it closes; without it, or when the event is not prevented, back to the trigger. */
  onCloseFocus?: (event: Event) => void;
}

export function Popover({ open, onOpenChange, trigger, children, className, side = 'bottom', align = 'start', label, onCloseFocus }: PopoverProps) {
  const layer = use(LayerContext);
  return (
    <RadixPopover.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal container={layer}>
        <RadixPopover.Content aria-label={label} side={side} align={align} sideOffset={8} collisionPadding={12} className={cn(panel, className)} {...(onCloseFocus && { onCloseAutoFocus: onCloseFocus })}>
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
