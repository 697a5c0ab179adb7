import { Copy } from 'lucide-react';
import type { Output } from '@/domain/api';
import { IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';

const copy = (text: string) =>
  void navigator.clipboard?.writeText(text).then(
    () => toast.good('Prompt copied'),
    () => toast.bad('The prompt was not copied', 'The browser does not allow it here.'),
  );

export function PromptList({ prompts }: { prompts: readonly Output[] }) {
  return (
    <ol className="overflow-hidden rounded-card border border-line bg-surface">
      {prompts.map((prompt, index) => (
        <li key={prompt.id} className="group flex items-start gap-3 border-line px-4 py-2.5 not-first:border-t">
          <span className="w-6 pt-px text-right text-small text-ink-3">{index + 1}</span>
          <p className={cn('min-w-0 flex-1 break-words', prompt.selected ? 'text-ink-2' : 'text-ink-3 line-through decoration-line-2')}>{prompt.text}</p>
          {prompt.simulated && <Tag title="Written by the demo writer, not by a paid model">Demo writer</Tag>}
          {prompt.reused && <Tag tone="good">From before, $0</Tag>}
          <IconButton small label={`Copy prompt ${index + 1}`} onClick={() => copy(prompt.text ?? '')} className="opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100">
            <Copy className="size-3.75" />
          </IconButton>
        </li>
      ))}
    </ol>
  );
}
