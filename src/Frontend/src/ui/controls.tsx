import { Checkbox as RadixCheckbox, Slider as RadixSlider, Switch as RadixSwitch } from 'radix-ui';
import { Check, Minus, Plus } from 'lucide-react';
import { useId, type ReactNode } from 'react';
import { cn } from './cn';

interface SwitchProps {
  label: ReactNode;
  hint?: ReactNode;
  checked: boolean;
  onChange: (checked: boolean) => void;
  disabled?: boolean;
}

export function Switch({ label, hint, checked, onChange, disabled }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-center gap-2.5">
      <label htmlFor={id} className={cn('min-w-0 flex-1 text-body', disabled ? 'text-ink-3' : 'cursor-pointer')}>
        {label}
        {hint && <span className="block text-small text-ink-3">{hint}</span>}
      </label>
      <RadixSwitch.Root
        id={id}
        checked={checked}
        onCheckedChange={onChange}
        disabled={disabled}
        className="relative h-5 w-8.5 shrink-0 rounded-full border border-control bg-track transition-colors data-[state=checked]:border-accent-graph data-[state=checked]:bg-accent disabled:opacity-50 touch-target"
      >
        <RadixSwitch.Thumb className="block size-3.5 translate-x-0.5 rounded-full bg-ink-2 transition-transform data-[state=checked]:translate-x-4 data-[state=checked]:bg-on-accent" />
      </RadixSwitch.Root>
    </div>
  );
}

interface CheckboxProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
  className?: string;
  id?: string;
  disabled?: boolean;
}

export function Checkbox({ label, checked, onChange, className, id, disabled }: CheckboxProps) {
  return (
    <RadixCheckbox.Root
      id={id}
      aria-label={id ? undefined : label}
      checked={checked}
      disabled={disabled}
      onCheckedChange={(next) => onChange(next === true)}
      className={cn(
        'grid size-4.5 shrink-0 place-items-center rounded-[5px] border-[1.5px] border-control transition-colors data-[state=checked]:border-accent-graph data-[state=checked]:bg-accent data-[state=checked]:text-on-accent disabled:opacity-50 touch-target',
        className,
      )}
    >
      <RadixCheckbox.Indicator>
        <Check className="size-3" strokeWidth={3.5} />
      </RadixCheckbox.Indicator>
    </RadixCheckbox.Root>
  );
}

/** A box, its words and what they mean for this run. */
export function CheckRow({ label, hint, checked, onChange, disabled }: Omit<CheckboxProps, 'className' | 'id'> & { hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex min-h-5 items-center gap-2.5">
      <Checkbox id={id} label={label} checked={checked} onChange={onChange} disabled={disabled} />
      <label htmlFor={id} className="flex-1 cursor-pointer">
        {label}
      </label>
      {hint && <span className="text-small text-ink-3">{hint}</span>}
    </div>
  );
}

interface SliderProps {
  label: string;
  value: number;
  min: number;
  max: number;
  onChange: (value: number) => void;
}

export function Slider({ label, value, min, max, onChange }: SliderProps) {
  return (
    <RadixSlider.Root value={[value]} min={min} max={max} onValueChange={([next]) => next !== undefined && onChange(next)} className="relative flex h-4.5 touch-none items-center select-none">
      <RadixSlider.Track className="relative h-1 grow rounded-full bg-track">
        <RadixSlider.Range className="absolute h-full rounded-full bg-accent-graph" />
      </RadixSlider.Track>
      <RadixSlider.Thumb aria-label={label} className="block size-4.5 rounded-full border-4 border-panel bg-ink shadow-[0_0_0_1.5px_var(--accent-graph)] touch-target" />
    </RadixSlider.Root>
  );
}

export function Stepper({ label, value, min, max, onChange }: SliderProps) {
  const button = 'grid size-6.5 place-items-center text-ink-2 hover:text-ink disabled:text-ink-off touch-target';
  return (
    <div role="group" aria-label={label} className="inline-flex h-7 items-center rounded-m border border-line-2 bg-surface">
      <button type="button" aria-label={`Fewer ${label.toLowerCase()}`} disabled={value <= min} onClick={() => onChange(value - 1)} className={button}>
        <Minus className="size-3.5" />
      </button>
      <output className="min-w-6 text-center text-label font-semibold">{value}</output>
      <button type="button" aria-label={`More ${label.toLowerCase()}`} disabled={value >= max} onClick={() => onChange(value + 1)} className={button}>
        <Plus className="size-3.5" />
      </button>
    </div>
  );
}

export function Label({ children, value, htmlFor }: { children: ReactNode; value?: ReactNode; htmlFor?: string }) {
  return (
    <div className="flex items-center gap-1.5 text-label text-ink-2">
      {htmlFor ? <label htmlFor={htmlFor}>{children}</label> : <span>{children}</span>}
      {value !== undefined && <b className="ml-auto font-semibold text-ink">{value}</b>}
    </div>
  );
}

export const inputClass = 'h-10 w-full min-w-0 rounded-c border border-control bg-surface px-3 text-body text-ink max-lg:h-11 max-lg:text-[16px]';
