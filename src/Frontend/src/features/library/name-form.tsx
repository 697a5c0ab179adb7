import { useEffect, useRef, useState } from 'react';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';

interface NameFormProps {
  label: string;
  first?: string;
  busy: boolean;
  onName: (name: string) => void;
  onCancel: () => void;
}

/** Asks for a name; Enter takes it, Escape leaves it. */
export function NameForm({ label, first = '', busy, onName, onCancel }: NameFormProps) {
  const [name, setName] = useState(first);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => field.current?.focus(), []);
  return (
    <form
      className="flex flex-col gap-2 py-1"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim()) onName(name.trim());
      }}
    >
      <input
        ref={field}
        aria-label={label}
        placeholder="Name"
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          onCancel();
        }}
        className={inputClass}
      />
      <div className="flex justify-end gap-1.5">
        <Button small look="ghost" onClick={onCancel}>
          Cancel
        </Button>
        <Button small type="submit" busy={busy} disabled={!name.trim()}>
          Save
        </Button>
      </div>
    </form>
  );
}
