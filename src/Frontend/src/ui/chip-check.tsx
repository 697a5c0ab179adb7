import { Check } from 'lucide-react';
import { cn } from './cn';

interface ChipCheckProps {
  label: string;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** A tick and its word as one thing to press. */
export function ChipCheck({ label, checked, onChange }: ChipCheckProps) {
  return (
    <label
      className={cn(
        'relative inline-flex h-9.5 cursor-pointer items-center gap-2.5 rounded-c border px-2.75 text-label transition-colors has-focus-visible:outline-2 has-focus-visible:outline-offset-2 has-focus-visible:outline-focus max-lg:h-11',
        checked ? 'border-accent-line bg-accent-soft text-ink' : 'border-line-2 text-ink-2 hover:border-control hover:text-ink',
      )}
    >
      <input type="checkbox" checked={checked} onChange={(event) => onChange(event.target.checked)} className="absolute inset-0 size-full cursor-pointer opacity-0" />
      <span aria-hidden="true" className={cn('grid size-4.5 place-items-center rounded-[5px] border-[1.5px]', checked ? 'border-accent-graph bg-accent text-on-accent' : 'border-control text-transparent')}>
        <Check className="size-3" strokeWidth={3.5} />
      </span>
      {label}
    </label>
  );
}
