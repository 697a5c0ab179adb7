import { Layers, Move3d, WandSparkles } from 'lucide-react';
import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import type { Model, ThemeFocus } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import type { Draft } from '@/domain/draft/draft';
import { makesImages } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { factorsOf } from '@/domain/draft/photo-set';
import { longestPrompt, splitPrompts } from '@/domain/prompts/split-prompts';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Stepper } from '@/ui/controls';
import type { Fault } from './problem-fields';
import { PromptField } from './prompt-field';

const PhotoSetDialog = late(() => import('@/domain/photo-set/photo-set-dialog'), 'PhotoSetDialog');

const placeholders: Record<Draft['mode'], string> = {
  i2i: 'What should change? For example: red dress, golden hour',
  i2v: 'What should move? For example: slow push-in, hair in the wind',
  full: 'What do you want to see? For example: red dress, golden hour',
};

const focuses: { value: ThemeFocus | ''; label: string }[] = [
  { value: '', label: 'Any focus' },
  { value: 'outfits', label: 'Outfits' },
  { value: 'poses', label: 'Poses' },
  { value: 'expressions', label: 'Expressions' },
  { value: 'lighting', label: 'Lighting' },
];

interface PromptBoxProps {
  draft: Draft;
  models: readonly Model[];
  faults: readonly Fault[];
  enhancing: boolean;
  onEnhance: () => void;
}

export function PromptBox({ draft, models, faults, enhancing, onEnhance }: PromptBoxProps) {
  const [motionOpen, setMotionOpen] = useState(draft.motion !== '');
  const [setOpen, openSet] = useState(false);
  const prompts = splitPrompts(draft.prompt);
  const longest = Math.max(0, ...prompts.map((prompt) => prompt.length));
  const tone = longest > longestPrompt ? 'text-danger' : longest > longestPrompt * 0.9 ? 'text-warn' : 'text-ink-3';
  return (
    <section data-tour="prompt" aria-label="Prompt" className="flex flex-col gap-2.5 rounded-card border border-control bg-surface px-4 pt-3.5 pb-2.5 transition-colors focus-within:border-focus">
      <PromptField value={draft.prompt} onChange={(prompt) => draftStore.patch({ prompt })} placeholder={placeholders[draft.mode]} invalid={faults.length > 0} />
      {draft.mode === 'full' && motionOpen && (
        <label className="flex items-center gap-2.5 border-t border-line pt-2.5 text-small text-ink-3">
          <span className="flex items-center gap-1.5 text-video-ink">
            <Move3d className="size-4" />
            Motion
          </span>
          <input
            id="motion"
            value={draft.motion}
            onChange={(event) => draftStore.patch({ motion: event.target.value })}
            placeholder="Slow push-in. Left empty, each video follows its image's prompt."
            className="h-8 min-w-0 flex-1 bg-transparent text-body text-ink outline-none max-lg:h-11 max-lg:text-[16px]"
          />
        </label>
      )}
      <div className="-mx-1.5 flex flex-wrap items-center gap-1.5">
        {makesImages(draft) && (
          <Button look="ghost" small aria-haspopup="dialog" onClick={() => openSet(true)} className={cn(draft.set && 'text-accent-ink')}>
            <Layers className="size-4" />
            <span className="max-w-60 truncate">{draft.set ? `Photo set: ${factorsOf(draft.set)}` : 'Create photo set'}</span>
          </Button>
        )}
        {draft.mode === 'full' && (
          <Button look="ghost" small aria-expanded={motionOpen} onClick={() => setMotionOpen(!motionOpen)}>
            <Move3d className="size-4" />
            Motion
          </Button>
        )}
        <select
          aria-label="Focus of the enhanced prompts"
          value={draft.themeFocus ?? ''}
          onChange={(event) => draftStore.patch({ themeFocus: (event.target.value || null) as ThemeFocus | null })}
          className="h-8 rounded-m border border-transparent bg-transparent px-2 text-label text-ink-2 hover:bg-raised max-lg:h-11"
        >
          {focuses.map((focus) => (
            <option key={focus.value} value={focus.value} className="bg-popover text-ink">
              {focus.label}
            </option>
          ))}
        </select>
        <span id="prompt-help" className={cn('ml-auto px-1 text-tiny', tone)}>
          {prompts.length > 1 ? `${count(prompts.length, 'prompt')} · ` : ''}
          {grouped(longest)} / {grouped(longestPrompt)}
          {prompts.length < 2 && <span className="max-xl:hidden"> · --- parts prompts</span>}
        </span>
        <span className="flex items-center gap-1.5 max-lg:ml-auto">
        <Stepper label="Variations" value={draft.variationsPerPrompt} min={1} max={20} onChange={(variationsPerPrompt) => draftStore.patch({ variationsPerPrompt })} />
        <Button small busy={enhancing} disabled={prompts.length === 0} onClick={onEnhance} aria-describedby="enhance-what">
          {!enhancing && <WandSparkles className="size-4" />}
          Enhance
        </Button>
        </span>
        <span id="enhance-what" className="sr-only">
          Makes {draft.variationsPerPrompt} from each prompt, to keep or drop
        </span>
      </div>
      {faults.map((fault) => (
        <p key={fault.message} className="text-small text-danger">
          {fault.message}
        </p>
      ))}
      {setOpen && (
        <Suspense>
          <PhotoSetDialog draft={draft} models={models} onClose={() => openSet(false)} />
        </Suspense>
      )}
    </section>
  );
}
