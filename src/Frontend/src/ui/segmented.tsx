import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface SegmentedProps<T extends string> {
  label: string;
  value: T;
  options: readonly { value: T; label: ReactNode; name?: string }[];
  onChange: (value: T) => void;
  small?: boolean;
  className?: string;
}

/** One of a few; arrow keys move. */
export function Segmented<T extends string>({ label, value, options, onChange, small, className }: SegmentedProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next: string) => next && onChange(next as T)}
      className={cn('flex gap-0.5 rounded-[11px] border border-line bg-surface p-0.75', className)}
    >
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          aria-label={option.name}
          className={cn(
            'flex flex-1 items-center justify-center gap-1.5 rounded-m border border-transparent px-1.5 text-label whitespace-nowrap text-ink-2 transition-colors hover:text-ink touch-target',
            'data-[state=on]:border-line-2 data-[state=on]:bg-raised data-[state=on]:text-ink data-[state=on]:shadow-1',
            small ? 'h-7' : 'h-8',
          )}
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
