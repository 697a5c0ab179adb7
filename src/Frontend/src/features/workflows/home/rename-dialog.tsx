import { useState, type FormEvent } from 'react';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { inputClass } from '@/ui/input';

export function RenameDialog({ name: first, busy, onSave, onClose }: { name: string; busy: boolean; onSave: (name: string) => void; onClose: () => void }) {
  const [name, setName] = useState(first);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    onSave(name.trim());
  };
  return (
    <Dialog open onClose={onClose} title="Rename" className="w-[min(440px,calc(100vw-32px))]">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <input data-first-focus aria-label="Name" value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} className={inputClass} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={busy} disabled={name.trim() === ''}>
            Rename
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
