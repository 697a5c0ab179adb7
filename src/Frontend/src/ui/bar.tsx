import { cn } from './cn';

export interface BarPart {
  /** Share of the whole, 0 to 1. */
  share: number;
  fill: string;
}

interface BarProps {
  parts: readonly BarPart[];
  /** Named bars are announced as progress, with the share of their solid part in percent. */
  label?: string;
  now?: number;
  className?: string;
}

export function Bar({ parts, label, now, className }: BarProps) {
  const role = label === undefined ? { 'aria-hidden': true } : { role: 'progressbar', 'aria-label': label, 'aria-valuemin': 0, 'aria-valuemax': 100, 'aria-valuenow': Math.round(now ?? 0) };
  return (
    <div {...role} className={cn('flex h-1.5 gap-px overflow-hidden rounded-full bg-track', className)}>
      {parts.map((part, index) =>
        part.share > 0 ? <i key={index} className={cn('block h-full transition-[width] duration-180 ease-linear', part.fill)} style={{ width: `${Math.min(1, part.share) * 100}%` }} /> : null,
      )}
    </div>
  );
}
