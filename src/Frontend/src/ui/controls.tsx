import { Minus, Plus } from 'lucide-react';
import { useId, type CSSProperties, type ReactNode } from 'react';
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
      <label htmlFor={id} className={cn('min-w-0 flex-1 text-body max-lg:flex max-lg:min-h-11 max-lg:flex-col max-lg:justify-center', disabled ? 'text-ink-3' : 'cursor-pointer')}>
        {label}
        {hint && <span className="block text-small text-ink-3">{hint}</span>}
      </label>
      <input id={id} type="checkbox" role="switch" checked={checked} onChange={(event) => onChange(event.target.checked)} disabled={disabled} className="switch touch-target" />
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
    <input id={id} type="checkbox" aria-label={id ? undefined : label} checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} className={cn('tick touch-target', className)} />
  );
}

/** A box, its words and what they mean for this run. */
export function CheckRow({ label, hint, checked, onChange, disabled }: Omit<CheckboxProps, 'className' | 'id'> & { hint?: ReactNode }) {
  const id = useId();
  return (
    <div className="flex min-h-5 items-center gap-2.5 max-lg:min-h-11">
      <Checkbox id={id} label={label} checked={checked} onChange={onChange} disabled={disabled} />
      <label htmlFor={id} className="flex-1 cursor-pointer max-lg:flex max-lg:min-h-11 max-lg:items-center">
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
    <input
      type="range"
      aria-label={label}
      value={value}
      min={min}
      max={max}
      onChange={(event) => onChange(event.target.valueAsNumber)}
      className="range"
      style={{ '--share': `${((value - min) / (max - min)) * 100}%` } as CSSProperties}
    />
  );
}

export function Stepper({ label, value, min, max, onChange }: SliderProps) {
  const button = 'grid size-6.5 place-items-center text-ink-2 hover:text-ink disabled:text-ink-off max-lg:size-11';
  return (
    <div role="group" aria-label={label} className="inline-flex h-7 items-center rounded-m border border-line-2 bg-surface max-lg:h-11">
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

