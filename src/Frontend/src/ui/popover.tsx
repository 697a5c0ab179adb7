import { DropdownMenu, Popover as RadixPopover } from 'radix-ui';
import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const panel = 'z-50 overflow-hidden rounded-card border border-line-2 bg-popover shadow-3 animate-rise focus-visible:outline-none';

interface PopoverProps {
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
  trigger: ReactNode;
  children: ReactNode;
  className?: string;
  side?: 'top' | 'bottom';
  align?: 'start' | 'center' | 'end';
  label: string;
}

export function Popover({ open, onOpenChange, trigger, children, className, side = 'bottom', align = 'start', label }: PopoverProps) {
  return (
    <RadixPopover.Root {...(open !== undefined && { open })} {...(onOpenChange && { onOpenChange })}>
      <RadixPopover.Trigger asChild>{trigger}</RadixPopover.Trigger>
      <RadixPopover.Portal>
        <RadixPopover.Content aria-label={label} side={side} align={align} sideOffset={8} collisionPadding={12} className={cn(panel, className)}>
          {children}
        </RadixPopover.Content>
      </RadixPopover.Portal>
    </RadixPopover.Root>
  );
}

export const PopoverClose = RadixPopover.Close;

// Not modal: a modal one locks scrolling with an inline style sheet, which the content security policy refuses.
export function Menu({ trigger, children, align = 'end' }: { trigger: ReactNode; children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={8} collisionPadding={12} className={cn(panel, 'min-w-52 p-1')}>
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

const item = 'flex h-9 cursor-pointer items-center gap-2.5 rounded-m px-2.5 text-body text-ink outline-none data-[highlighted]:bg-hover max-lg:h-11';

export function MenuItem({ danger, className, ...rest }: ComponentProps<typeof DropdownMenu.Item> & { danger?: boolean }) {
  return <DropdownMenu.Item className={cn(item, danger && 'text-danger', className)} {...rest} />;
}

export function MenuRadio({ value, options, onChange, label }: { label: string; value: string; options: readonly { value: string; label: ReactNode }[]; onChange: (value: string) => void }) {
  return (
    <DropdownMenu.RadioGroup value={value} onValueChange={onChange} aria-label={label} className="flex gap-1 p-1">
      {options.map((option) => (
        <DropdownMenu.RadioItem
          key={option.value}
          value={option.value}
          onSelect={(event) => event.preventDefault()}
          className="flex h-8 flex-1 cursor-pointer items-center justify-center gap-1.5 rounded-m border border-transparent px-2.5 text-label text-ink-2 outline-none data-[highlighted]:bg-hover data-[state=checked]:border-line-2 data-[state=checked]:bg-raised data-[state=checked]:text-ink max-lg:h-11"
        >
          {option.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  );
}

export function MenuLine() {
  return <DropdownMenu.Separator className="mx-1 my-1 h-px bg-line" />;
}
