import { Check, Search } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Model } from '@/domain/api';
import { cn } from '@/ui/cn';
import { Tag } from '@/ui/tag';
import { durationsOf, isRetired, qualitiesOf, resolutionsOf } from './capabilities';
import { bestValue, byVendor, capabilityLines } from './model-facts';
import { kinds, Price } from './model-price';

/** What a model can do, in a few words. */
export function capabilityWords(model: Model): string {
  const durations = durationsOf(model);
  const words = [
    durations.length > 4 ? `${Math.min(...durations)} to ${Math.max(...durations)} s` : durations.length > 0 ? `${durations.join(', ')} s` : null,
    resolutionsOf(model).length > 0 ? resolutionsOf(model).join(', ') : null,
    model.kind === 'image' && qualitiesOf(model).length > 1 ? qualitiesOf(model).join(', ') : null,
  ].filter(Boolean);
  return words.length > 0 ? words.join(' · ') : model.vendor;
}

const matches = (model: Model, wanted: string) => `${model.id} ${model.name} ${model.vendor}`.toLowerCase().includes(wanted.trim().toLowerCase());

export function ModelList({ kind, models, value, onChoose }: { kind: Model['kind']; models: readonly Model[]; value: Model; onChoose: (id: string) => void }) {
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => models.filter((model) => model.kind === kind && matches(model, wanted)), [models, kind, wanted]);
  const [active, setActive] = useState(value.id);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const search = useRef<HTMLInputElement>(null);
  const { label, chosen } = kinds[kind];
  const best = useMemo(() => bestValue(models, kind), [models, kind]);
  const current = found.some((model) => model.id === active) ? active : found[0]?.id;

  useEffect(() => {
    // It comes after the popover that holds it, which found nothing to focus.
    search.current?.focus();
    // The popover gets its height with its place, a frame after it opens.
    const frame = requestAnimationFrame(() => list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'center' }));
    return () => cancelAnimationFrame(frame);
  }, []);

  const onKey = (event: KeyboardEvent) => {
    const at = found.findIndex((model) => model.id === current);
    const move = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: found.length - 1 }[event.key];
    if (move !== undefined) {
      const next = found[Math.min(found.length - 1, Math.max(0, move))];
      if (next) {
        setActive(next.id);
        list.current?.querySelector(`[data-model="${CSS.escape(next.id)}"]`)?.scrollIntoView({ block: 'nearest' });
      }
    } else if (event.key === 'Enter' && current) onChoose(current);
    else return;
    event.preventDefault();
  };

  return (
    <>
      <div className="flex items-center gap-2 border-b border-line px-3.5">
        <Search className="size-4 text-ink-3" />
        <input
          ref={search}
          role="combobox"
          aria-label={`Find ${kind === 'image' ? 'an image' : 'a video'} model`}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current}` : undefined}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={onKey}
          placeholder={`Find ${kind === 'image' ? 'an image' : 'a video'} model`}
          className="h-10.5 min-w-0 flex-1 max-lg:h-11 bg-transparent text-small outline-none max-lg:text-[16px]"
        />
      </div>
      <div ref={list} id={listId} role="listbox" aria-label={`${label}s`} className="min-h-0 flex-1 overflow-y-auto pt-0.5 pb-1.5">
        {byVendor(found).map(([vendor, group]) => (
          <div key={vendor} role="group" aria-label={vendor}>
            <div aria-hidden="true" className="px-3.5 pt-2.25 pb-0.75 text-tiny text-ink-3">
              {vendor}
            </div>
            {group.map((model) => (
              // The combobox above holds the focus and hears the keys.
              // eslint-disable-next-line jsx-a11y/click-events-have-key-events
              <div
                key={model.id}
                id={`${listId}-${model.id}`}
                data-model={model.id}
                role="option"
                tabIndex={-1}
                aria-selected={model.id === value.id}
                title={capabilityLines(model).join('\n')}
                onClick={() => onChoose(model.id)}
                onPointerMove={() => setActive(model.id)}
                className={cn('mx-1 grid cursor-pointer grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-[9px] px-2.5 py-1.75 max-lg:min-h-11', model.id === current && 'bg-hover', model.id === value.id && chosen, isRetired(model) && 'opacity-70')}
              >
                {model.id === value.id ? <Check className="size-4" strokeWidth={2.25} /> : <span />}
                <span className="min-w-0">
                  <span className="flex items-center gap-1.75 text-[13.5px]/4.5 font-semibold">
                    <span className="truncate">{model.name}</span>
                    {model.id === best && (
                      <Tag tone="image" title="The least dollars times seconds of all models of its kind">
                        Recommended
                      </Tag>
                    )}
                    {isRetired(model) && <Tag tone="warn">Retired</Tag>}
                  </span>
                  <span className="block truncate text-small text-ink-3">{capabilityWords(model)}</span>
                </span>
                <Price model={model} className="text-label" />
              </div>
            ))}
          </div>
        ))}
        {found.length === 0 && <p className="p-4 text-small text-ink-3">No model has “{wanted}” in its name.</p>}
      </div>
      <p className="border-t border-line px-3.5 py-2.5 text-small text-ink-3">{value.simulated ? 'Served by the demo renderer: list prices, nothing is charged.' : 'Failed or cancelled outputs cost nothing.'}</p>
    </>
  );
}
