import { X } from 'lucide-react';
import { use, useId, useState } from 'react';
import type { TooltipRenderProps } from 'react-joyride';
import { describeError } from '@/api/problem';
import { useDraft } from '@/domain/draft/draft-store';
import { sampleUrl } from '@/domain/draft/samples';
import { Button, IconButton, Spinner } from '@/ui/button';
import { endingOf, useIsFree } from './ending';
import { tourSteps } from './steps';
import { TourContext } from './tour-context';
import { addTourSample, tourSample } from './tour-draft';

/** One step, beside what it speaks of. Everything it asks for can be done in it, by keyboard too. */
export function TourCard({ index, size, tooltipProps }: TooltipRenderProps) {
  const id = useId();
  const { run, go, end } = use(TourContext);
  const photo = useDraft().images[0];
  const free = useIsFree(run);
  const [adding, setAdding] = useState(false);
  const [wrong, setWrong] = useState<string | null>(null);
  const step = tourSteps[index];
  if (!step) return null;

  const offersSample = step.id === 'photos' && photo === undefined;
  const ending = step.id === 'generate' ? endingOf(run, free) : null;
  const busy = adding || (ending?.waiting ?? false);

  const takeSample = async () => {
    setAdding(true);
    setWrong(null);
    try {
      await addTourSample();
      go(index + 1);
    } catch (error) {
      setWrong(describeError(error));
    } finally {
      setAdding(false);
    }
  };
  const press = () => {
    if (busy) return;
    if (offersSample) void takeSample();
    else if (ending === null) go(index + 1);
    else if (ending.runs) run.generate();
    else end(run.faults.length === 0);
  };

  return (
    <div {...tooltipProps} aria-labelledby={`${id}-title`} aria-describedby={`${id}-text`} className="w-[min(360px,calc(100vw-24px))] rounded-card border border-line-2 bg-popover p-4 text-ink shadow-3">
      <div className="flex items-start gap-2">
        <h2 id={`${id}-title`} className="flex-1 text-head">
          {step.title}
        </h2>
        <span className="pt-0.5 text-small text-ink-3">
          {index + 1} of {size}
        </span>
        <IconButton small label="End the tour" className="-mt-1 -mr-1.5" onClick={() => end(false)}>
          <X className="size-4" />
        </IconButton>
      </div>
      <div className="mt-1.5 flex gap-3">
        {offersSample && <img src={sampleUrl(tourSample)} alt="" className="size-16 shrink-0 rounded-m object-cover" />}
        <p id={`${id}-text`} aria-live="polite" className="text-ink-2">
          {ending?.text ?? (step.id === 'photos' && photo ? 'Here is one. Drop more anywhere, paste a link, or pick from the library.' : step.text)}
        </p>
      </div>
      {wrong !== null && (
        <p role="alert" className="mt-2 text-small text-danger">
          {wrong}
        </p>
      )}
      <div className="mt-4 flex items-center justify-end gap-2">
        {index > 0 && (
          <Button look="ghost" onClick={() => go(index - 1)}>
            Back
          </Button>
        )}
        {/* Never disabled: the focus would fall out of the card. */}
        <Button look="primary" data-action="primary" aria-busy={busy || undefined} aria-disabled={busy || undefined} onClick={press}>
          {busy && <Spinner />}
          {ending?.label ?? (offersSample ? 'Use this photo' : 'Next')}
        </Button>
      </div>
    </div>
  );
}
