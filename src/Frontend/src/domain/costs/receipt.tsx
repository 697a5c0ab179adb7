import type { ReactNode } from 'react';
import type { StepType } from '@/domain/api';
import { cn } from '@/ui/cn';

export const stepFill: Record<StepType, string> = { prompt_enhance: 'bg-ink-3', i2i: 'bg-accent-graph', i2v: 'bg-video-graph' };

interface LineProps {
  step: StepType;
  label: string;
  amount: ReactNode;
  detail?: ReactNode;
  faint?: boolean;
}

/** A line of a bill: colour of the step, what, dotted leader, amount; the arithmetic below. */
export function ReceiptLine({ step, label, amount, detail, faint }: LineProps) {
  return (
    <li className={cn('grid grid-cols-[auto_1fr_auto] items-baseline gap-x-2', faint && 'opacity-60')}>
      <span className="flex items-center gap-2">
        <span className={cn('mx-0.75 size-2.25 shrink-0 rounded-[3px]', stepFill[step])} />
        {label}
      </span>
      <i aria-hidden="true" className="-translate-y-1 border-b border-dotted border-line-2" />
      <span className="text-strong tabular-nums">{amount}</span>
      {detail && <span className="col-span-3 mt-px pl-5.75 text-small text-ink-3">{detail}</span>}
    </li>
  );
}

export function ReceiptTotal({ label, amount, className }: { label: string; amount: ReactNode; className?: string }) {
  return (
    <div className={cn('flex items-baseline border-t border-line-2 pt-2.75', className)}>
      <span className="text-ink-2">{label}</span>
      <b className="ml-auto font-display text-[26px]/7.5 font-[620] tabular-nums tracking-[-.025em]">{amount}</b>
    </div>
  );
}
