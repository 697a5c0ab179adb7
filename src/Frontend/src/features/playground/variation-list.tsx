import { ChevronUp, Pencil, Trash2, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import type { Draft, Variation } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { Button, IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Checkbox } from '@/ui/controls';
import { replaceVariations } from './replace-variations';

function change(id: string, patch: Partial<Variation>): void {
  draftStore.set((draft) => ({ ...draft, variations: draft.variations?.map((variation) => (variation.id === id ? { ...variation, ...patch } : variation)) ?? null }));
}

export function VariationList({ variations, mode }: { variations: readonly Variation[]; mode: Draft['mode'] }) {
  const [folded, setFolded] = useState(false);
  const kept = variations.filter((variation) => variation.kept).length;
  return (
    <section aria-label="Enhanced prompts" className="shrink-0 overflow-hidden rounded-card border border-line bg-surface animate-rise">
      <header className={cn('flex items-center gap-2.5 py-2.5 pr-3.5 pl-4', !folded && 'border-b border-line')}>
        <span className="grid size-7 place-items-center rounded-m bg-raised text-ink-2 max-lg:hidden">
          <WandSparkles className="size-4" />
        </span>
        <h2 className="text-head">Enhanced prompts</h2>
        <span className="text-small text-ink-3">
          {kept} of {variations.length} kept
        </span>
        <span className="ml-auto text-small text-ink-3 max-xl:hidden">each meets every photo{mode === 'i2v' ? ' as a motion' : ''}</span>
        <Button look="ghost" small className="max-xl:ml-auto" onClick={() => replaceVariations(null, 'Back to the prompt as typed')}>
          Clear
        </Button>
        <IconButton small label={folded ? 'Unfold the list' : 'Fold the list'} aria-expanded={!folded} onClick={() => setFolded(!folded)}>
          <ChevronUp className={cn('size-4 transition-transform', folded && 'rotate-180')} />
        </IconButton>
      </header>
      {!folded && (
        <ul>
          {variations.map((variation, index) => (
            <VariationRow key={variation.id} variation={variation} number={index + 1} />
          ))}
        </ul>
      )}
    </section>
  );
}

function VariationRow({ variation, number }: { variation: Variation; number: number }) {
  const [editing, setEditing] = useState(false);
  const remove = () => {
    const rest = (draftStore.get().variations ?? []).filter(({ id }) => id !== variation.id);
    replaceVariations(rest.length > 0 ? rest : null, 'Prompt removed');
  };
  return (
    <li className="group grid min-h-11.5 grid-cols-[18px_minmax(0,1fr)_auto] items-center gap-3 border-line py-2.25 pr-2.5 pl-4 not-first:border-t hover:bg-raised max-lg:py-1">
      <Checkbox label={`Keep prompt ${number}`} checked={variation.kept} onChange={(kept) => change(variation.id, { kept })} />
      {editing ? (
        <textarea
          aria-label={`Text of prompt ${number}`}
          // Opened by a press on this very row.
          // eslint-disable-next-line jsx-a11y/no-autofocus
          autoFocus
          value={variation.text}
          onChange={(event) => change(variation.id, { text: event.target.value })}
          onBlur={() => setEditing(false)}
          onKeyDown={(event) => (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) && (event.preventDefault(), setEditing(false))}
          rows={2}
          className="w-full resize-none [field-sizing:content] rounded-s bg-transparent text-[13.5px]/4.75 text-ink outline-2 outline-offset-4 outline-focus"
        />
      ) : (
        <button
          type="button"
          onClick={() => setEditing(true)}
          aria-label={`Edit prompt ${number}: ${variation.text}`}
          title={variation.text}
          className={cn('text-[13.5px]/4.75 max-lg:min-h-11', variation.kept ? 'text-ink-2 group-hover:text-ink' : 'text-ink-3 line-through decoration-line-2')}
        >
          <span className="line-clamp-2">{variation.text}</span>
        </button>
      )}
      <span className="flex opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">
        <IconButton small label={`Edit prompt ${number}`} onClick={() => setEditing(true)} className="max-lg:hidden">
          <Pencil className="size-3.75" />
        </IconButton>
        <IconButton small label={`Remove prompt ${number}`} onClick={remove}>
          <Trash2 className="size-3.75" />
        </IconButton>
      </span>
    </li>
  );
}
