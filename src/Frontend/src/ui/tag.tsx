import type { ReactNode } from 'react';
import { cn } from './cn';

const tones = {
  plain: 'bg-raised text-ink-2',
  image: 'bg-accent-soft text-accent-ink',
  video: 'bg-video-soft text-video-ink',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-danger-soft text-danger',
  good: 'bg-success-soft text-success',
  dashed: 'border border-dashed border-line-2 text-ink-2',
} as const;

export type Tone = keyof typeof tones;

export function Tag({ tone = 'plain', children, className, title }: { tone?: Tone; children: ReactNode; className?: string; title?: string }) {
  return (
    <span title={title} className={cn('inline-flex h-5 shrink-0 items-center gap-1.25 rounded-s px-1.75 text-tiny whitespace-nowrap', tones[tone], className)}>
      {children}
    </span>
  );
}

/** A word on a picture. */
export function MediaBadge({ children, className }: { children: ReactNode; className?: string }) {
  return <span className={cn('absolute z-2 inline-flex h-5 items-center gap-1 rounded-s bg-shade px-1.5 text-tiny font-semibold text-white', className)}>{children}</span>;
}

export function Kbd({ children }: { children: ReactNode }) {
  return <kbd className="inline-block min-w-4.5 rounded-[5px] border border-line-2 px-1.25 text-center font-sans text-[11px]/4 font-[550] text-ink-3">{children}</kbd>;
}

export function Dot({ tone }: { tone: 'good' | 'live' | 'idle' | 'warn' | 'bad' }) {
  return (
    <span
      aria-hidden="true"
      className={cn(
        'size-1.75 shrink-0 rounded-full',
        { good: 'bg-success', live: 'bg-video-graph shadow-[0_0_0_3px_var(--video-soft)]', idle: 'bg-ink-3', warn: 'bg-warn', bad: 'bg-danger-fill' }[tone],
      )}
    />
  );
}
