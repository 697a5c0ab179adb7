import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';

const looks = {
  primary: 'bg-accent text-on-accent border-transparent font-[620] hover:bg-accent-hover active:bg-accent-press',
  normal: 'bg-raised text-ink border-line-2 hover:border-control',
  ghost: 'bg-transparent text-ink-2 border-transparent hover:bg-raised hover:text-ink',
  ghostDanger: 'bg-transparent text-danger border-transparent hover:bg-danger-soft',
  danger: 'bg-raised text-danger border-line-2 hover:border-danger-line',
} as const;

interface ButtonProps extends ComponentProps<'button'> {
  look?: keyof typeof looks;
  small?: boolean;
  busy?: boolean;
}

export const buttonClass = (look: keyof typeof looks = 'normal', small = false) =>
  cn(
    'inline-flex items-center justify-center border whitespace-nowrap transition-[background,border-color,color,transform] active:translate-y-px touch-target shrink-0',
    'disabled:text-ink-off disabled:bg-transparent disabled:border-line disabled:translate-y-0 aria-disabled:text-ink-off',
    small ? 'h-8 gap-1.5 px-2.75 rounded-m text-label' : 'h-10 gap-2 px-3.5 rounded-c text-strong',
    'max-lg:h-11 max-lg:min-w-11',
    looks[look],
  );

export function Button({ look, small, busy, className, children, disabled, ...rest }: ButtonProps) {
  return (
    <button type="button" className={cn(buttonClass(look, small), className)} disabled={disabled || busy} aria-busy={busy || undefined} {...rest}>
      {busy && <Spinner />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ComponentProps<'button'>, 'aria-label'> {
  label: string;
  small?: boolean;
  children: ReactNode;
}

export function IconButton({ label, small, className, children, ...rest }: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      className={cn(
        'grid place-items-center shrink-0 text-ink-2 transition-colors hover:bg-raised hover:text-ink disabled:text-ink-off disabled:bg-transparent touch-target aria-pressed:bg-raised aria-pressed:text-ink',
        small ? 'size-7 rounded-[7px]' : 'size-8.5 rounded-c',
        'max-lg:size-11',
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}

/** A button that lies on a picture. */
export function MediaButton({ label, className, children, ...rest }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={cn('grid size-7 place-items-center rounded-m bg-shade text-white touch-target', className)} {...rest}>
      {children}
    </button>
  );
}

export function Spinner({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 16 16" className={cn('size-4 animate-spin', className)} aria-hidden="true">
      <circle cx="8" cy="8" r="6" fill="none" stroke="currentColor" strokeWidth="2" opacity=".25" />
      <path d="M8 2a6 6 0 0 1 6 6" fill="none" stroke="currentColor" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
