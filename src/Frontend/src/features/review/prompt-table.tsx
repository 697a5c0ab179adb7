import { useVirtualizer } from '@tanstack/react-virtual';
import { Plus, RotateCcw } from 'lucide-react';
import { memo, useEffect, useRef, useState } from 'react';
import { longestPrompt } from '@/domain/prompts/split-prompts';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { verdictWords, type Patch, type ReviewEntry } from './review-model';
import type { ReviewStore } from './review-store';
import { StarButtons } from './stars';
import { useEntry, useIsCurrent } from './use-review';

interface PromptTableProps {
  store: ReviewStore;
  ids: readonly number[];
  at: number | null;
  texts: ReadonlyMap<number, string>;
  onText: (patch: Patch) => void;
  onJudge: (id: number, verdict: ReviewEntry['verdict']) => void;
  onRate: (id: number, rating: number) => void;
  onAdd: (text: string) => Promise<unknown>;
  /** Where no panel beside it offers it. */
  onRedo?: () => void;
  /** Price of writing one set anew, or null where that is not known. */
  redoPrice?: string | null;
}

/** Prompts to pick, drop, correct in place or add to before they are used. */
export const PromptTable = memo(function PromptTable({ store, ids, at, texts, onText, onJudge, onRate, onAdd, onRedo, redoPrice = null }: PromptTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({ count: ids.length, getScrollElement: () => scroller.current, estimateSize: () => 64, overscan: 6, initialRect: { width: 900, height: 900 }, getItemKey: (row) => ids[row] ?? row });
  useEffect(() => {
    const place = at === null ? -1 : ids.indexOf(at);
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
    // What moves is the one at hand; the list scrolls for nothing else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at]);
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto rounded-card border border-line bg-surface">
        <ul className="relative" style={{ height: rows.getTotalSize() }} aria-label="Prompts">
          {rows.getVirtualItems().map((row) => (
            <li key={row.key} ref={rows.measureElement} data-index={row.index} className="absolute inset-x-0 border-b border-line" style={{ transform: `translateY(${row.start}px)` }}>
              <PromptRow store={store} id={ids[row.index] as number} number={row.index + 1} text={texts.get(ids[row.index] as number)} onText={onText} onJudge={onJudge} onRate={onRate} {...(onRedo && { onRedo })} redoPrice={redoPrice} />
            </li>
          ))}
        </ul>
      </div>
      <AddPrompt onAdd={onAdd} />
    </div>
  );
});

const field = 'w-full resize-none [field-sizing:content] rounded-s bg-transparent px-2 py-1 text-body hover:bg-raised focus:bg-raised focus:outline-2 focus:outline-offset-0 focus:outline-focus max-lg:text-[16px]';

function PromptRow({ store, id, number, text, onText, onJudge, onRate, onRedo, redoPrice }: Pick<PromptTableProps, 'store' | 'onText' | 'onJudge' | 'onRate' | 'onRedo' | 'redoPrice'> & { id: number; number: number; text: string | undefined }) {
  const entry = useEntry(store, id);
  const current = useIsCurrent(store, id);
  const [draft, setDraft] = useState<string | null>(null);
  const handle = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (current && (document.activeElement === document.body || document.activeElement?.closest('[data-tile]'))) handle.current?.focus({ preventScroll: true });
  }, [current]);
  if (!entry) return null;
  const { verdict } = entry;
  const done = () => {
    const said = draft?.trim();
    if (said && said !== text) onText({ id, text: said });
    setDraft(null);
  };
  return (
    <div className={cn('flex items-start gap-2 px-3 py-2 max-lg:flex-wrap max-lg:items-center', current && 'bg-raised')}>
      <button
        ref={handle}
        type="button"
        data-tile={id}
        tabIndex={current ? 0 : -1}
        aria-current={current || undefined}
        aria-label={`Prompt ${number}, ${verdictWords[verdict].toLowerCase()}`}
        onFocus={() => store.go(id)}
        onClick={() => onJudge(id, verdict === 'pick' ? 'reject' : verdict === 'reject' ? 'unset' : 'pick')}
        className={cn('mt-0.5 w-20 shrink-0 rounded-s px-2 py-1 text-small max-lg:h-11', verdict === 'pick' ? 'bg-accent-soft text-accent-ink' : verdict === 'reject' ? 'bg-danger-soft text-danger' : 'bg-well text-ink-2')}
      >
        {verdictWords[verdict]}
      </button>
      <textarea
        aria-label={`Words of prompt ${number}`}
        rows={1}
        maxLength={longestPrompt}
        value={draft ?? text ?? ''}
        onFocus={() => store.go(id)}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={done}
        onKeyDown={(event) => {
          if (event.key === 'Escape') setDraft(null);
          if (event.key === 'Escape' || (event.key === 'Enter' && !event.shiftKey)) {
            event.preventDefault();
            handle.current?.focus();
          }
        }}
        className={cn(field, 'max-lg:order-last', verdict === 'reject' && 'text-ink-3 line-through decoration-line-2')}
      />
      <span className="max-lg:ml-auto">
        <StarButtons rating={entry.rating} onRate={(rating) => onRate(id, rating)} />
      </span>
      {onRedo && current && (
        <Button small look="ghost" onClick={onRedo} className="order-last max-lg:w-full">
          <RotateCcw className="size-4" />
          Redo {redoPrice && <span className="text-ink-3">{redoPrice}</span>}
        </Button>
      )}
    </div>
  );
}

function AddPrompt({ onAdd }: { onAdd: (text: string) => Promise<unknown> }) {
  const [text, setText] = useState('');
  const add = () => void onAdd(text.trim()).then(() => setText(''), () => undefined);
  return (
    <form
      className="flex gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) add();
      }}
    >
      <input aria-label="A prompt of your own" maxLength={longestPrompt} value={text} onChange={(event) => setText(event.target.value)} placeholder="A prompt of your own, for every photo" className="h-10 min-w-0 flex-1 rounded-c border border-line-2 bg-surface px-3 text-body max-lg:h-11 max-lg:text-[16px]" />
      <Button type="submit" disabled={!text.trim()}>
        <Plus className="size-4" />
        Add prompt
      </Button>
    </form>
  );
}
