import { FileText } from 'lucide-react';
import { useRef } from 'react';
import { count, grouped } from '@/domain/count';
import { longestPrompt } from '@/domain/prompts/split-prompts';
import { Button } from '@/ui/button';
import { Segmented } from '@/ui/radio-group';
import { toast } from '@/ui/toast';
import { decodeText, guessSplit } from './bulk-request';
import { bulkStore, type BulkDraft } from './bulk-store';

const largest = 5 * 1024 * 1024;
const shown = 5;

async function load(file: File | undefined): Promise<void> {
  if (!file) return;
  if (file.size > largest) {
    toast.bad(`${file.name} was not read`, 'A text file can have 5 MB at most. Split it into several.');
    return;
  }
  const { text, note } = decodeText(await file.arrayBuffer());
  if (text.includes('\0')) {
    toast.bad(`${file.name} is no text`, 'Save it as plain text (UTF-8), or load it as a sheet.');
    return;
  }
  const before = bulkStore.get();
  bulkStore.patch({ text, splitBy: guessSplit(text) });
  toast.good(`${file.name} was read`, { ...(note && { detail: note }), action: { label: 'Undo', run: () => bulkStore.patch({ text: before.text, splitBy: before.splitBy }) } });
}

/** Prompts as text: written, pasted or from a file, and how they are parted. */
export function PromptSource({ draft, prompts }: { draft: BulkDraft; prompts: readonly string[] }) {
  const file = useRef<HTMLInputElement>(null);
  return (
    <div className="flex flex-col gap-3">
      <textarea
        aria-label="Prompts"
        value={draft.text}
        rows={7}
        onChange={(event) => bulkStore.patch({ text: event.target.value })}
        onPaste={(event) => {
          // The first text says how it is parted; what is added to it follows.
          if (draft.text.trim() === '') bulkStore.patch({ splitBy: guessSplit(event.clipboardData.getData('text/plain')) });
        }}
        placeholder={draft.splitBy === 'lines' ? 'One prompt a line' : 'Prompts parted by a line of ---'}
        className="w-full resize-y rounded-c border border-control bg-surface p-3 text-prompt text-ink"
      />
      <div className="flex flex-wrap items-center gap-2.5">
        <Segmented small label="Prompts are parted by" value={draft.splitBy} options={[{ value: 'lines', label: 'One a line' }, { value: 'blocks', label: 'Lines of ---' }]} onChange={(splitBy) => bulkStore.patch({ splitBy })} className="min-w-54" />
        <Button small look="ghost" onClick={() => file.current?.click()}>
          <FileText className="size-4" />
          Text file
        </Button>
        <input
          ref={file}
          type="file"
          accept=".txt,.md,text/plain"
          hidden
          aria-label="Load prompts from a text file"
          onChange={(event) => {
            void load(event.target.files?.[0]);
            event.target.value = '';
          }}
        />
      </div>
      {prompts.length > 0 && (
        <section aria-label="Prompts as they are read" className="rounded-c bg-raised px-3.5 py-2.5">
          <h3 className="text-label text-ink-2">{count(prompts.length, 'prompt')}</h3>
          <ol className="mt-1 flex flex-col gap-0.5 text-small text-ink-2">
            {prompts.slice(0, shown).map((prompt, index) => (
              <li key={index} className="flex gap-2">
                <span className="w-5 shrink-0 text-right text-ink-3">{index + 1}</span>
                <span className={prompt.length > longestPrompt ? 'min-w-0 truncate text-danger' : 'min-w-0 truncate'}>{prompt}</span>
              </li>
            ))}
            {prompts.length > shown && <li className="pl-7 text-ink-3">and {grouped(prompts.length - shown)} more</li>}
          </ol>
        </section>
      )}
    </div>
  );
}
