import type { ReactNode } from 'react';
import type { Model } from '@/domain/api';
import { Label } from '@/ui/controls';
import { Chips } from '@/ui/radio-group';

const words: Record<string, string> = { auto: 'As photo', low: 'Low', medium: 'Medium', high: 'High' };

/** What a model offers, as people read it. */
export const wordOf = (offer: string) => words[offer] ?? offer;

/** What is wrong at a control. */
export type Faults = readonly { message: string }[];

interface ChoiceProps {
  id: string;
  label: string;
  options: readonly string[];
  value: string | null | undefined;
  onChange: (value: string) => void;
  faults: Faults;
  model?: Model | undefined;
  /** What was chosen before, perhaps for another model. */
  wish?: string | null;
  wordFor?: (value: string) => string;
}

/** Nothing to choose from is nothing to show; a single offer is a fact, not a choice. */
export function Choice({ id, label, options, value, onChange, faults, model, wish, wordFor = wordOf }: ChoiceProps) {
  const lost = model && wish && !options.includes(wish);
  if (options.length === 0 && !lost) return null;
  return (
    <Setting id={id} faults={faults}>
      <Label value={options.length === 1 && options[0] !== undefined ? wordFor(options[0]) : undefined}>{label}</Label>
      {options.length > 1 && <Chips label={label} value={value ?? null} options={options.map((option) => ({ value: option, label: wordFor(option) }))} onChange={onChange} />}
      {lost && (
        <p className="text-small text-ink-3">
          {model.name} cannot do {wordFor(wish)}
          {value ? `; it makes ${wordFor(value)}` : ''}.
        </p>
      )}
    </Setting>
  );
}

export function Setting({ id, faults, children }: { id: string; faults: Faults; children: ReactNode }) {
  return (
    <div id={id} className="flex flex-col gap-2">
      {children}
      {faults.map((fault) => (
        <p key={fault.message} className="text-small text-danger">
          {fault.message}
        </p>
      ))}
    </div>
  );
}
