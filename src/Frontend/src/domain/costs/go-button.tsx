import { useId, type ReactNode, type Ref } from 'react';
import { Spinner } from '@/ui/button';
import { cn } from '@/ui/cn';

interface GoButtonProps {
  verb: string;
  scope: ReactNode;
  price: ReactNode;
  blocked?: boolean;
  busy?: boolean;
  stale?: boolean;
  onPress: () => void;
  ref?: Ref<HTMLButtonElement>;
}

/** The one filled button of a screen: what it does, how much of it, and what that costs. It never greys out without a word. */
export function GoButton({ verb, scope, price, blocked, busy, stale, onPress, ref, ...rest }: GoButtonProps) {
  const id = useId();
  return (
    <button
      ref={ref}
      type="button"
      aria-labelledby={`${id}-verb`}
      aria-describedby={`${id}-scope`}
      aria-busy={busy || undefined}
      onClick={() => !busy && onPress()}
      className={cn(
        'flex min-h-16 w-full items-center gap-3 rounded-card px-4.5 transition-[background,transform] active:translate-y-px',
        blocked ? 'bg-raised text-ink-2' : 'bg-accent text-on-accent shadow-glow hover:bg-accent-hover active:bg-accent-press',
      )}
      {...rest}
    >
      <span className="min-w-0 flex-1">
        <b id={`${id}-verb`} className="block truncate text-[16px]/5 font-[660] tracking-[-.01em]">
          {verb}
        </b>
        <span id={`${id}-scope`} className="line-clamp-2 text-[12.5px]/4 font-[520] opacity-90">
          {scope}
        </span>
      </span>
      {busy ? (
        <Spinner className="size-5" />
      ) : (
        price !== null && <span className={cn('border-l border-current/20 pl-3.5 font-display text-[22px]/6.5 tabular-nums font-[660] tracking-[-.02em]', stale && 'opacity-60')}>{price}</span>
      )}
    </button>
  );
}
