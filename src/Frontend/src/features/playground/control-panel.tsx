import type { Estimate } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import type { Draft } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { CheckRow, Switch } from '@/ui/controls';
import { Segmented } from '@/ui/radio-group';
import { enhancesInRun, promptsOf, reviewableSteps } from '@/domain/draft/build-request';
import type { Fault } from './problem-fields';

const runs = [
  { value: 'auto', label: 'Auto' },
  { value: 'checkpoint', label: 'Checkpoint' },
  { value: 'manual', label: 'Manual' },
] as const;

const meaning: Record<Draft['run'], string> = {
  auto: 'Goes through to the end.',
  checkpoint: 'Stops where you tick, so that you pick what goes on.',
  manual: 'Stops after every step; you start the next one.',
};

const pauseWords = { prompt_enhance: 'Pause after prompts', i2i: 'Pause after images' } as const;

/** How the run goes: what is enhanced on the way, where it stops, how much it may spend. */
export function ControlPanel({ draft, estimate, faults }: { draft: Draft; estimate: Estimate | undefined; faults: readonly Fault[] }) {
  const reviewable = reviewableSteps(draft);
  const here = faults.filter((fault) => ['run-mode', 'budget', 'combine', 'enhance'].includes(fault.field));
  const costOf = (step: string) => {
    const line = estimate?.steps.find((candidate) => candidate.step_type === step);
    return line && formatMoney(line.amount);
  };
  return (
    <section aria-label="Stay in control" className="flex flex-col gap-4">
      <Switch
        label="Enhance prompts in the run"
        hint={draft.variations !== null ? 'Already enhanced. Clear the list to do it in the run.' : `${draft.variationsPerPrompt} from each prompt${draft.images.length > 1 ? ', for each photo' : ''}`}
        checked={enhancesInRun(draft)}
        disabled={draft.variations !== null}
        onChange={(enhanceInRun) => draftStore.patch({ enhanceInRun })}
      />
      {draft.images.length > 1 && promptsOf(draft).length > 1 && (
        <div id="combine" className="flex flex-col gap-2">
          <Segmented
            small
            label="How photos and prompts meet"
            value={draft.combine}
            options={[
              { value: 'all', label: 'All with all' },
              { value: 'paired', label: 'One to one' },
            ]}
            onChange={(combine) => draftStore.patch({ combine })}
          />
        </div>
      )}
      <div id="run-mode" className="flex flex-col gap-2">
        <Segmented small label="Run mode" value={draft.run} options={runs} onChange={(run) => draftStore.patch({ run })} />
        <p className="text-small text-ink-3">{meaning[draft.run]}</p>
      </div>
      {draft.run === 'checkpoint' &&
        (reviewable.length > 0 ? (
          reviewable.map((step) => (
            <CheckRow
              key={step}
              label={pauseWords[step]}
              hint={costOf(step) && `pay ${costOf(step)} first`}
              checked={draft.pauseAfter[step]}
              onChange={(on) => draftStore.patch({ pauseAfter: { ...draft.pauseAfter, [step]: on } })}
            />
          ))
        ) : (
          <p className="text-small text-ink-3">This run has one step, so there is nowhere to stop.</p>
        ))}
      <Budget draft={draft} estimate={estimate} />
      {here.map((fault) => (
        <p key={fault.message} className="text-small text-danger">
          {fault.message}
        </p>
      ))}
    </section>
  );
}

function Budget({ draft, estimate }: { draft: Draft; estimate: Estimate | undefined }) {
  const { budget } = draft;
  const short = budget !== null && estimate !== undefined && estimate.total > budget;
  return (
    <div id="budget" className="flex flex-col gap-2">
      <div className="flex min-h-8 items-center gap-2.5">
        <div className="flex-1">
          <CheckRow label="Spend at most" checked={budget !== null} onChange={(on) => draftStore.patch({ budget: on ? Math.max(1, Math.ceil(estimate?.total ?? 5)) : null })} />
        </div>
        {budget !== null && (
          <span className="flex h-8 w-24 items-center rounded-c max-lg:h-11 border border-control bg-surface px-2.5">
            $
            <input
              type="number"
              aria-label="Spend at most, in US dollars"
              min={0.01}
              step={0.5}
              value={budget}
              onChange={(event) => event.target.valueAsNumber > 0 && draftStore.patch({ budget: event.target.valueAsNumber })}
              className="w-full min-w-0 [appearance:textfield] bg-transparent text-right outline-none"
            />
          </span>
        )}
      </div>
      {short && budget !== null && estimate && (
        <p className="text-small text-warn">
          The whole run is {estimate.total_display}. It pauses before it would pass {formatMoney(budget)}.
        </p>
      )}
    </div>
  );
}

/** What is made, in words: `30 images + 30 videos`. */
export function scopeOf(estimate: Estimate): string {
  return estimate.steps.filter((step) => step.step_type !== 'prompt_enhance').map((step) => count(step.count, step.unit)).join(' + ') || estimate.steps.map((step) => count(step.count, step.unit)).join(' + ');
}

/** What a press pays now: everything, or the steps up to the first stop. */
export function payNow(estimate: Estimate, stops: readonly string[]): { amount: string; rest: string | null } {
  const first = estimate.steps.findIndex((step) => stops.includes(step.step_type));
  if (first < 0 || first === estimate.steps.length - 1) return { amount: estimate.total_display, rest: null };
  const sum = (steps: Estimate['steps']) => formatMoney(steps.reduce((total, step) => total + step.amount, 0));
  return { amount: sum(estimate.steps.slice(0, first + 1)), rest: sum(estimate.steps.slice(first + 1)) };
}
