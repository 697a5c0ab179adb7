import { ToggleGroup } from 'radix-ui';
import type { ReactNode } from 'react';

interface ChipsProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly { value: T; label: ReactNode }[];
  onChange: (value: T) => void;
}

/** One of several, in as many lines as it takes. */
export function Chips<T extends string>({ label, value, options, onChange }: ChipsProps<T>) {
  return (
    <ToggleGroup.Root type="single" aria-label={label} value={value ?? ''} onValueChange={(next: string) => next && onChange(next as T)} className="flex flex-wrap gap-1.5">
      {options.map((option) => (
        <ToggleGroup.Item
          key={option.value}
          value={option.value}
          className="inline-flex h-7.5 items-center gap-1.5 rounded-full border border-line-2 px-2.75 text-label whitespace-nowrap text-ink-2 transition-colors hover:border-control hover:text-ink data-[state=on]:border-accent-line data-[state=on]:bg-accent-soft data-[state=on]:text-ink max-lg:h-11 max-lg:px-4"
        >
          {option.label}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  );
}
