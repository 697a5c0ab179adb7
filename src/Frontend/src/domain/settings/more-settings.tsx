import { ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { Model } from '@/domain/api';
import type { Making } from '@/domain/draft/draft';
import { Label } from '@/ui/controls';
import { areaClass, inputClass } from '@/ui/input';
import { Setting, type Faults } from './setting';

type Fine = Pick<Making, 'seed' | 'negativePrompt'>;

interface MoreSettingsProps {
  kind: Model['kind'];
  model: Model | undefined;
  value: Fine;
  faults: { seed: Faults; negative: Faults };
  onChange: (patch: Partial<Fine>) => void;
}

/** What few ask for, folded until something of it is set. */
export function MoreSettings({ kind, model, value: { seed, negativePrompt }, faults, onChange }: MoreSettingsProps) {
  const [unfolded, setUnfolded] = useState<boolean | null>(null);
  const takes = model?.capabilities;
  const open = unfolded ?? (seed !== null || negativePrompt !== '');
  const change = (patch: Partial<Fine>) => {
    // What is being emptied does not fold under the fingers.
    setUnfolded(true);
    onChange(patch);
  };
  const wrong = faults.seed.length + faults.negative.length > 0;
  return (
    <div className="flex flex-col gap-4.5">
      <button type="button" aria-expanded={open || wrong} onClick={() => setUnfolded(!open)} className="group -mx-1 flex h-7 items-center gap-1.5 self-start rounded-m px-1 text-label text-ink-2 hover:text-ink max-lg:h-11">
        <ChevronRight className="size-4 transition-transform group-aria-expanded:rotate-90" />
        More settings
      </button>
      {(open || wrong) && (
        <>
          {(takes?.negative_prompt || negativePrompt !== '') && (
            <Setting id={`${kind}-negative`} faults={faults.negative}>
              <Label htmlFor={`${kind}-negative-text`}>Negative prompt</Label>
              <textarea id={`${kind}-negative-text`} value={negativePrompt} rows={2} placeholder="What it should not show" onChange={({ target }) => change({ negativePrompt: target.value })} className={`${areaClass} max-h-40`} />
              {model && !takes?.negative_prompt && <p className="text-small text-ink-3">{model.name} takes no negative prompt; it goes without.</p>}
            </Setting>
          )}
          <Setting id={`${kind}-seed`} faults={faults.seed}>
            <Label htmlFor={`${kind}-seed-number`}>Seed</Label>
            <input
              id={`${kind}-seed-number`}
              inputMode="numeric"
              value={seed ?? ''}
              placeholder="Another one every time"
              maxLength={10}
              aria-invalid={faults.seed.length > 0 || undefined}
              onChange={({ target }) => {
                const digits = target.value.replaceAll(/\D/g, '');
                change({ seed: digits === '' ? null : Number(digits) });
              }}
              className={inputClass}
            />
            {seed !== null && (
              <p className="text-small text-ink-3">
                {takes?.seed === false ? `${model?.name ?? 'The model'} takes no seed: it makes another one every time.` : `The first ${kind} gets it, each further one the next number: the same again, as far as the model keeps to it.`}
              </p>
            )}
          </Setting>
        </>
      )}
    </div>
  );
}
