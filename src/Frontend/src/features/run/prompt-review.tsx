import { Plus, X } from 'lucide-react';
import type { Output } from '@/domain/api';
import { longestPrompt } from '@/domain/prompts/split-prompts';
import { Button, IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Checkbox } from '@/ui/controls';
import { Tag } from '@/ui/tag';
import { isSelected, type ReviewEdits } from './review-edits';

interface PromptReviewProps {
  prompts: readonly Output[];
  edits: ReviewEdits;
  onChange: (edits: ReviewEdits) => void;
}

const field = 'w-full resize-none [field-sizing:content] rounded-s bg-transparent px-2 py-1 text-body hover:bg-raised focus:bg-raised focus:outline-2 focus:outline-offset-0 focus:outline-focus max-lg:text-[16px]';

/** Prompts to correct, drop or add to before they are used. */
export function PromptReview({ prompts, edits, onChange }: PromptReviewProps) {
  return (
    <div className="flex flex-col gap-3">
      <ul className="overflow-hidden rounded-card border border-line bg-surface">
        {prompts.map((prompt, index) => {
          const kept = isSelected(prompt, edits);
          return (
            <li key={prompt.id} className="flex items-start gap-2 border-line py-2 pr-3 pl-4 not-first:border-t">
              <Checkbox className="mt-1.25" label={`Use prompt ${index + 1}`} checked={kept} onChange={(selected) => onChange({ ...edits, selected: { ...edits.selected, [prompt.id]: selected } })} />
              <textarea
                aria-label={`Prompt ${index + 1}`}
                rows={1}
                maxLength={longestPrompt}
                value={edits.texts[prompt.id] ?? prompt.text ?? ''}
                onChange={(event) => onChange({ ...edits, texts: { ...edits.texts, [prompt.id]: event.target.value } })}
                className={cn(field, kept ? 'text-ink' : 'text-ink-3 line-through decoration-line-2')}
              />
              {prompt.simulated && (
                <Tag className="mt-1.25" title="Written by the demo writer, not by a paid model">
                  Demo writer
                </Tag>
              )}
            </li>
          );
        })}
        {edits.added.map((text, index) => (
          <li key={`added-${index}`} className="flex items-start gap-2 border-t border-line py-2 pr-3 pl-4">
            <Plus className="mt-1.5 size-4.5 shrink-0 text-accent-ink" />
            <textarea
              aria-label={`Added prompt ${index + 1}`}
              rows={1}
              maxLength={longestPrompt}
              value={text}
              // It was added to be written in.
              // eslint-disable-next-line jsx-a11y/no-autofocus
              autoFocus={text === ''}
              placeholder="A prompt of your own, for every photo"
              onChange={(event) => onChange({ ...edits, added: edits.added.map((other, at) => (at === index ? event.target.value : other)) })}
              className={field}
            />
            <IconButton small label={`Remove added prompt ${index + 1}`} onClick={() => onChange({ ...edits, added: edits.added.filter((_, at) => at !== index) })}>
              <X className="size-4" />
            </IconButton>
          </li>
        ))}
      </ul>
      <Button small className="self-start" onClick={() => onChange({ ...edits, added: [...edits.added, ''] })}>
        <Plus className="size-4" />
        Add prompt
      </Button>
    </div>
  );
}
