import { useId, type ReactNode } from 'react';
import { cn } from './cn';

export interface RadioOption<T extends string> {
  value: T;
  label: ReactNode;
}

interface RadioGroupProps<T extends string> {
  label: string;
  value: T | null;
  options: readonly RadioOption<T>[];
  onChange: (value: T) => void;
  className: string;
  optionClass: string;
}

/** The browser's own radio buttons, dressed by their labels: arrow keys move and choose. */
function RadioGroup<T extends string>({ label, value, options, onChange, className, optionClass }: RadioGroupProps<T>) {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={className}>
      {options.map((option) => (
        <label key={option.value} className={cn('relative cursor-pointer has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus', optionClass)}>
          <input type="radio" name={name} value={option.value} checked={option.value === value} onChange={() => onChange(option.value)} className="peer absolute inset-0 size-full cursor-pointer opacity-0" />
          {option.label}
        </label>
      ))}
    </div>
  );
}

type PublicProps<T extends string> = Omit<RadioGroupProps<T>, 'className' | 'optionClass'>;

/** One of a few, side by side. */
export function Segmented<T extends string>({ small, className, ...rest }: PublicProps<T> & { small?: boolean; className?: string }) {
  return (
    <RadioGroup
      {...rest}
      className={cn('flex gap-0.5 rounded-[11px] border border-line bg-surface p-0.75', className)}
      optionClass={cn(
        'flex flex-1 items-center justify-center gap-1.5 rounded-m border border-transparent px-1.5 text-label whitespace-nowrap text-ink-2 transition-colors hover:text-ink max-lg:h-11',
        'has-checked:border-line-2 has-checked:bg-raised has-checked:text-ink has-checked:shadow-1',
        small ? 'h-7' : 'h-8',
      )}
    />
  );
}

/** One of several, in as many lines as it takes. */
export function Chips<T extends string>(props: PublicProps<T>) {
  return (
    <RadioGroup
      {...props}
      className="flex flex-wrap gap-1.5"
      optionClass="inline-flex h-7.5 items-center gap-1.5 rounded-full border border-line-2 px-2.75 text-label whitespace-nowrap text-ink-2 transition-colors hover:border-control hover:text-ink has-checked:border-accent-line has-checked:bg-accent-soft has-checked:text-ink max-lg:h-11 max-lg:px-4"
    />
  );
}

/** One of a few that need a line or two each; the label's parts stand in the columns after the dot. */
export function RadioCards<T extends string>({ options, ...rest }: PublicProps<T>) {
  return (
    <RadioGroup
      {...rest}
      options={options.map(({ value, label }) => ({
        value,
        label: (
          <>
            <span aria-hidden="true" className="size-4.5 rounded-full border-[1.5px] border-control peer-checked:border-[5.5px] peer-checked:border-accent-graph" />
            {label}
          </>
        ),
      }))}
      className="flex flex-col gap-2"
      optionClass="grid grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-3 rounded-c border border-line-2 px-3.5 py-2.5 transition-colors hover:border-control has-checked:border-accent-graph has-checked:bg-accent-soft"
    />
  );
}
