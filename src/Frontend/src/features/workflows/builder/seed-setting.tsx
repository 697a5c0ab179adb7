import { Setting, type Faults } from '@/domain/settings/setting';
import { Label } from '@/ui/controls';
import { inputClass } from '@/ui/input';

/** Where chance begins: the same seed, prompt and settings make the same again, as far as a model keeps to it. */
export function SeedSetting({ value, faults, onChange }: { value: number | null; faults: Faults; onChange: (seed: number | null) => void }) {
  return (
    <Setting id="node-seed" faults={faults}>
      <Label htmlFor="node-seed-number">Seed</Label>
      <input
        id="node-seed-number"
        inputMode="numeric"
        value={value ?? ''}
        placeholder="Another one every time"
        maxLength={10}
        aria-invalid={faults.length > 0 || undefined}
        onChange={({ target }) => {
          const digits = target.value.replaceAll(/\D/g, '');
          onChange(digits === '' ? null : Number(digits));
        }}
        className={inputClass}
      />
      {value !== null && <p className="text-small text-ink-3">For the first output; each further one gets the next number.</p>}
    </Setting>
  );
}
