import { useQuery, useMutation } from '@tanstack/react-query';
import { useId, useMemo, useState } from 'react';
import { describeError } from '@/api/problem';
import type { RedoRequest, Step } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { GoButton } from '@/domain/costs/go-button';
import { modelsQuery } from '@/domain/models/list-models';
import type { ReviewPlace } from '@/domain/review/review-set';
import { Dialog } from '@/ui/dialog';
import { Notice } from '@/ui/states';
import { useSettled } from '@/ui/use-settled';
import { nounOf } from './onward-panel';
import { quoteRedo, redo } from './review-queries';

interface RedoDialogProps {
  place: ReviewPlace;
  step: Step;
  /** Those, or all rejected ones. */
  outputIds: readonly number[] | null;
  /** The words that made it; null for all rejected ones. */
  prompt: string | null;
  /** Saves what was said before it is priced, where the server has to know of it. */
  ready: () => Promise<void>;
  /** The version in which those named are what they are; null where it does not matter. */
  seen: () => number | null;
  onClose: () => void;
  onDone: (many: number) => void;
}

const field = 'w-full rounded-c border border-line-2 bg-surface px-3 py-2 text-body focus:outline-2 focus:outline-offset-0 focus:outline-focus max-lg:text-[16px]';

/** Making one or all rejected ones anew, as they were or with a change, at a price that is known before. */
export function RedoDialog({ place, step, outputIds, prompt, ready, seen, onClose, onDone }: RedoDialogProps) {
  const id = useId();
  const [words, setWords] = useState('');
  const [model, setModel] = useState('');
  const [seed, setSeed] = useState('');
  const catalog = useQuery(modelsQuery).data;
  const noun = nounOf[step.step_type];
  const one = outputIds?.length === 1 && prompt !== null;
  const models = catalog?.filter((candidate) => candidate.kind === noun && candidate.status === 'active') ?? [];
  const request = useMemo<RedoRequest>(() => {
    const change = { ...(words.trim() && { prompt: words.trim() }), ...(model && { model }), ...(seed.trim() && { seed: Number(seed) }) };
    return { ...(outputIds ? { output_ids: [...outputIds] } : { rejected: true }), ...(Object.keys(change).length > 0 && { change }) };
  }, [words, model, seed, outputIds]);
  const settled = useSettled(request, 400);
  const quote = useQuery({
    queryKey: ['review', place.pipelineId, place.stepId, 'redo', settled],
    queryFn: async ({ signal }) => {
      await ready();
      return quoteRedo(place, settled, signal);
    },
    placeholderData: (before) => before,
    retry: false,
    gcTime: 0,
  });
  const start = useMutation({ mutationFn: () => redo(place, { ...request, ...(quote.data && { max_cost_usd: quote.data.total }) }, seen()) });
  const stale = settled !== request || quote.isFetching;
  const made = quote.data?.lines.reduce((sum, line) => sum + line.count, 0) ?? 0;
  const error = start.error ?? quote.error;
  return (
    <Dialog open onClose={onClose} title={one ? `Make this ${noun} anew` : 'Make the rejected ones anew'}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
        }}
      >
        <p className="text-ink-2">
          {one ? 'The old one is rejected' : 'The old ones stay rejected'}; what comes anew joins this review. {step.step_type === 'prompt_enhance' && 'Prompts are written anew by the set.'}
        </p>
        <div className="flex flex-col gap-1.5">
          <label htmlFor={`${id}-words`} className="text-label text-ink-2">
            Other words
          </label>
          <textarea id={`${id}-words`} data-first-focus rows={3} maxLength={2000} value={words} onChange={(event) => setWords(event.target.value)} placeholder={prompt || 'Leave empty to keep each prompt'} className={field} />
        </div>
        {step.step_type !== 'prompt_enhance' && (
          <div className="grid grid-cols-[2fr_1fr] gap-3">
            <div className="flex flex-col gap-1.5">
              <label htmlFor={`${id}-model`} className="text-label text-ink-2">
                Another model
              </label>
              <select id={`${id}-model`} value={model} onChange={(event) => setModel(event.target.value)} className={field}>
                <option value="">As before</option>
                {models.map((candidate) => (
                  <option key={candidate.id} value={candidate.id}>
                    {candidate.name} · {candidate.price.display}
                  </option>
                ))}
              </select>
            </div>
            <div className="flex flex-col gap-1.5">
              <label htmlFor={`${id}-seed`} className="text-label text-ink-2">
                Seed
              </label>
              <input id={`${id}-seed`} inputMode="numeric" value={seed} onChange={(event) => setSeed(event.target.value.replace(/\D/g, '').slice(0, 10))} placeholder="A new one" className={field} />
            </div>
          </div>
        )}
        {error && <Notice title={start.error ? 'It did not start' : 'This cannot be priced'}>{describeError(error)}</Notice>}
        {quote.data?.warnings.map((warning) => (
          <p key={warning} className="text-small text-warn">
            {warning}
          </p>
        ))}
        {quote.data?.passes_budget && <p className="text-small text-warn">The run would pause at its budget before all of it is done.</p>}
        <GoButton
          verb={made > 0 ? `Make ${count(made, noun)} anew` : 'Make anew'}
          scope={stale ? 'Pricing' : quote.data?.lines.map((line) => `${grouped(line.count)} × $${line.unit_price}${line.model ? `, ${line.model}` : ''}${line.simulated ? ', demo renderer' : ''}`).join(' · ') ?? 'Pricing'}
          price={quote.data ? quote.data.total_display : null}
          stale={stale}
          blocked={!quote.data || quote.isError}
          busy={start.isPending}
          onPress={() => !stale && quote.data && !quote.isError && start.mutate(undefined, { onSuccess: () => onDone(made) })}
        />
      </form>
    </Dialog>
  );
}
