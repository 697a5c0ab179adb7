import { useRef, useState } from 'react';
import { GoButton } from '@/domain/costs/go-button';
import { count } from '@/domain/count';
import { Popover } from '@/ui/popover';
import type { Fault } from './bulk-request';

interface RunButtonProps {
  faults: readonly Fault[];
  scope: string;
  price: string | null;
  stale: boolean;
  starting: boolean;
  onRun: () => void;
}

/** Starts it with its price, or lists what is in the way, each reason a link to the part that mends it. */
export function RunButton({ faults, scope, price, stale, starting, onRun }: RunButtonProps) {
  const [open, setOpen] = useState(false);
  const chosen = useRef<string | null>(null);
  if (faults.length === 0) return <GoButton verb={starting ? 'Starting…' : 'Run'} scope={scope} price={price} stale={stale} busy={starting} onPress={onRun} />;
  return (
    <Popover
      label="What is missing"
      side="top"
      align="end"
      open={open}
      onOpenChange={setOpen}
      onCloseFocus={(event) => {
        const part = chosen.current === null ? null : document.getElementById(chosen.current);
        if (!part) return;
        event.preventDefault();
        part.focus();
        part.scrollIntoView({ block: 'center' });
        chosen.current = null;
      }}
      className="w-76 p-2"
      trigger={<GoButton blocked verb="Run" scope={`${count(faults.length, 'thing')} to fix first`} price={null} onPress={() => undefined} />}
    >
      <ul>
        {faults.map((fault) => (
          <li key={fault.at + fault.message}>
            <button
              type="button"
              className="w-full rounded-m px-3 py-2 text-left text-body hover:bg-hover max-lg:min-h-11"
              onClick={() => {
                chosen.current = fault.at;
                setOpen(false);
              }}
            >
              {fault.message}
            </button>
          </li>
        ))}
      </ul>
    </Popover>
  );
}
