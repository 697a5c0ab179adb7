import { Popover as RadixPopover } from 'radix-ui';
import { use } from 'react';
import { cn } from './cn';
import { LayerContext } from './layer';
import type { PopoverProps } from './popover';

const panel = 'z-50 overflow-hidden rounded-card border border-line-2 bg-popover shadow-3 animate-rise focus-visible:outline-none';

/** The whole of a popover, open when it comes: by its own state, or by whoever keeps it. */
export function PopoverPanel({ open, onOpenChange, trigger, children, className, side = 'bottom', align = 'start', label, onCloseFocus }: PopoverProps) {
  const layer = use(LayerContext);
  return (
    <RadixPopover.Root {...(open === undefined ? { defaultOpen: true } : { open })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal container={layer}>
        <RadixPopover.Content aria-label={label} side={side} align={align} sideOffset={8} collisionPadding={12} className={cn(panel, className)} {...(onCloseFocus && { onCloseAutoFocus: onCloseFocus })}>
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}
