import { Check, Image as ImageIcon, Search, TriangleAlert, Video } from 'lucide-react';
import { useEffect, useId, useMemo, useRef, useState, type KeyboardEvent } from 'react';
import type { Model } from '@/domain/api';
import { cn } from '@/ui/cn';
import { Popover } from '@/ui/popover';
import { Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { bestValue, byVendor, capabilityLines, durationsOf, isRetired, qualitiesOf, resolutionsOf } from './capabilities';

interface ModelSelectorProps {
  kind: Model['kind'];
  models: readonly Model[];
  value: Model | undefined;
  onChange: (id: string) => void;
}

const kinds = {
  image: { label: 'Image model', Icon: ImageIcon, glyph: 'bg-accent-soft text-accent-ink', open: 'aria-expanded:border-accent-graph aria-expanded:shadow-[0_0_0_3px_var(--accent-soft)]', chosen: 'bg-accent-soft' },
  video: { label: 'Video model', Icon: Video, glyph: 'bg-video-soft text-video-ink', open: 'aria-expanded:border-video-graph aria-expanded:shadow-[0_0_0_3px_var(--video-soft)]', chosen: 'bg-video-soft' },
};

/** `$0.35 per 5 s` as its two halves, over one another. */
function Price({ model, className }: { model: Model; className: string }) {
  const [amount = model.price.display, unit] = model.price.display.split(' per ');
  return (
    <span className={cn('shrink-0 text-right', className)}>
      {amount}
      <span className="block text-small font-[450] text-ink-3">{unit ? `per ${unit}` : ''}</span>
    </span>
  );
}

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

export function ModelSelector({ kind, models, value, onChange }: ModelSelectorProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { label, Icon, glyph, open: openClass } = kinds[kind];
  if (!value) return <Skeleton className="h-14" />;
  return (
    <div id={`${kind}-model`} className="flex flex-col gap-2">
      <span id={id} className="text-label text-ink-2">
        {label}
      </span>
      <Popover
        label={`${label}s`}
        open={open}
        onOpenChange={setOpen}
        className="flex max-h-[min(480px,var(--radix-popover-content-available-height))] w-84 flex-col"
        trigger={
          <button type="button" aria-labelledby={`${id} ${id}-name`} className={cn('flex min-h-14 w-full items-center gap-2.75 rounded-c border border-line-2 bg-surface px-3 py-2 transition-colors hover:border-control', openClass)}>
            <span className={cn('grid size-8.5 shrink-0 place-items-center rounded-[9px]', glyph)}>
              <Icon className="size-4.5" strokeWidth={1.75} />
            </span>
            <span className="min-w-0 flex-1">
              <span id={`${id}-name`} className="block truncate text-strong font-semibold">
                {value.name}
              </span>
              <span className="block truncate text-small text-ink-3">{value.simulated ? 'Demo renderer' : value.vendor}</span>
            </span>
            <Price model={value} className="text-[13.5px]/4.5 font-semibold" />
          </button>
        }
      >
        <ModelList
          kind={kind}
          models={models}
          value={value}
          onChoose={(chosen) => {
            onChange(chosen);
            setOpen(false);
          }}
        />
      </Popover>
      {value.warnings.map((warning) => (
        <p key={warning} className="flex gap-2 text-small text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          {warning}
        </p>
      ))}
    </div>
  );
}

function ModelList({ kind, models, value, onChoose }: { kind: Model['kind']; models: readonly Model[]; value: Model; onChoose: (id: string) => void }) {
  const [wanted, setWanted] = useState('');
  const found = useMemo(() => models.filter((model) => model.kind === kind && matches(model, wanted)), [models, kind, wanted]);
  const [active, setActive] = useState(value.id);
  const listId = useId();
  const list = useRef<HTMLDivElement>(null);
  const { label, chosen } = kinds[kind];
  const best = useMemo(() => bestValue(models, kind), [models, kind]);
  const current = found.some((model) => model.id === active) ? active : found[0]?.id;

  useEffect(() => {
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
          role="combobox"
          aria-label={`Find ${kind === 'image' ? 'an image' : 'a video'} model`}
          aria-expanded="true"
          aria-controls={listId}
          aria-activedescendant={current ? `${listId}-${current}` : undefined}
          value={wanted}
          onChange={(event) => setWanted(event.target.value)}
          onKeyDown={onKey}
          placeholder={`Find ${kind === 'image' ? 'an image' : 'a video'} model`}
          className="h-10.5 min-w-0 flex-1 bg-transparent text-small outline-none max-lg:text-[16px]"
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
                className={cn('mx-1 grid cursor-pointer grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-x-2.5 rounded-[9px] px-2.5 py-1.75', model.id === current && 'bg-hover', model.id === value.id && chosen, isRetired(model) && 'opacity-70')}
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
