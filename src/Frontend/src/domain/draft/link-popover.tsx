import { useState, type FormEvent } from 'react';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';
import { Popover, type PopoverProps } from '@/ui/popover';
import { uploads, urlsIn } from './uploads';

export function LinkPopover({ trigger, onAdd }: { trigger: PopoverProps['trigger']; onAdd?: () => void }) {
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [wrong, setWrong] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const urls = urlsIn(text);
    setWrong(urls.length === 0);
    if (urls.length === 0) return;
    void uploads.addUrls(urls);
    setText('');
    setOpen(false);
    onAdd?.();
  };
  return (
    <Popover label="Add from a link" open={open} onOpenChange={setOpen} trigger={trigger} className="w-84 p-4">
      <form onSubmit={submit} className="flex flex-col gap-2">
        <label htmlFor="image-link" className="text-label text-ink-2">
          Image address
        </label>
        <div className="flex gap-2">
          <input id="image-link" value={text} onChange={(event) => setText(event.target.value)} placeholder="https://…" className={inputClass} inputMode="url" aria-invalid={wrong} aria-describedby={wrong ? 'image-link-error' : undefined} />
          <Button type="submit">Add</Button>
        </div>
        {wrong && (
          <p id="image-link-error" className="text-small text-danger">
            That is not a web address. It should begin with https://
          </p>
        )}
      </form>
    </Popover>
  );
}
