import type { StepRequest, StepType } from '@/domain/api';
import { ChipCheck } from '@/ui/chip-check';
import { Switch } from '@/ui/controls';
import { RadioCards } from '@/ui/radio-group';
import { bulkStore, type BulkDraft, type Execution as How } from './bulk-store';

const ways: { value: How; name: string; hint: string }[] = [
  { value: 'auto', name: 'All the way through', hint: 'Nothing stops it; each result goes on at once.' },
  { value: 'checkpoint', name: 'Stop where I want to choose', hint: 'It waits for your review after the steps you tick.' },
  { value: 'manual', name: 'Step by step', hint: 'It waits after every step, and you start the next one.' },
];
const afterWords: Record<StepType, string> = { prompt_enhance: 'After the prompts', i2i: 'After the images', i2v: 'After the videos' };

/** How it runs, and where it waits for a person. */
export function Execution({ draft, steps }: { draft: BulkDraft; steps: readonly StepRequest[] }) {
  const before = steps.slice(0, -1).map((step) => step.step_type);
  const toggle = (type: StepType, on: boolean) => bulkStore.patch({ checkpoints: on ? [...draft.checkpoints, type] : draft.checkpoints.filter((other) => other !== type) });
  return (
    <section id="execution" tabIndex={-1} aria-label="Execution" className="flex flex-col gap-3 rounded-card border border-line bg-surface p-4">
      <h2 className="text-head">How it runs</h2>
      <RadioCards
        label="How it runs"
        value={draft.run}
        options={ways.map(({ value, name, hint }) => ({
          value,
          label: (
            <span>
              <span className="block text-strong">{name}</span>
              <span className="block text-small text-ink-3">{hint}</span>
            </span>
          ),
        }))}
        onChange={(run) => bulkStore.patch({ run })}
      />
      {draft.run === 'checkpoint' &&
        (before.length === 0 ? (
          <p className="text-small text-ink-3">There is only one step, and nothing follows it to stop before.</p>
        ) : (
          <>
            <div role="group" aria-label="Stop" className="flex flex-wrap gap-2">
              {before.map((type) => (
                <ChipCheck key={type} label={afterWords[type]} checked={draft.checkpoints.includes(type)} onChange={(on) => toggle(type, on)} />
              ))}
            </div>
            <div className="max-w-140">
              <Switch label="Each pick goes on at once" hint="What you pick starts its next step a few seconds later; the rest waits for you and holds nothing up." checked={draft.rolling} onChange={(rolling) => bulkStore.patch({ rolling })} />
            </div>
          </>
        ))}
    </section>
  );
}
