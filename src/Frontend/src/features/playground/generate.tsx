import { useRef, useState } from 'react';
import type { Estimate } from '@/domain/api';
import { GoButton } from '@/domain/costs/go-button';
import { count } from '@/domain/count';
import { Popover } from '@/ui/popover';
import { Kbd } from '@/ui/tag';
import { payNow, scopeOf } from './control-panel';
import { ScopeWithin } from './cost-panel';
import type { Fault, Field } from './problem-fields';

interface GenerateProps {
  faults: readonly Fault[];
  estimate: Estimate | undefined;
  stale: boolean;
  stops: readonly string[];
  starting: boolean;
  onGenerate: () => void;
  onShow: (field: Field) => void;
}

/** Starts the run, or says what is in the way, each reason a link to its control. */
export function Generate({ faults, estimate, stale, stops, starting, onGenerate, onShow }: GenerateProps) {
  const [reasons, setReasons] = useState(false);
  const chosen = useRef<Field | null>(null);
  // What is in the way of the whole run says so itself; the rest is counted.
  const whole = faults.find((fault) => fault.field === 'run');
  if (faults.length > 0) {
    return (
      <Popover
        label="What is missing"
        side="top"
        align="end"
        open={reasons}
        onOpenChange={setReasons}
        onCloseFocus={(event) => {
          if (chosen.current === null) return;
          event.preventDefault();
          onShow(chosen.current);
          chosen.current = null;
        }}
        className="w-76 p-2"
        trigger={<GoButton blocked verb="Generate" scope={whole?.message ?? `${count(faults.length, 'thing')} to fix first`} price={null} onPress={() => undefined} />}
      >
        <ul>
          {faults.map((fault) => (
            <li key={fault.field + fault.message}>
              <button
                type="button"
                className="w-full rounded-m px-3 py-2 text-body hover:bg-hover max-lg:min-h-11"
                onClick={() => {
                  chosen.current = fault.field;
                  setReasons(false);
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
  const now = estimate && payNow(estimate, stops);
  return (
    <div>
      <GoButton
        verb={starting ? 'Queuing…' : 'Generate'}
        scope={estimate ? <ScopeWithin estimate={estimate}>{now?.rest ? `then up to ${now.rest} more` : scopeOf(estimate)}</ScopeWithin> : 'Working out the price'}
        price={now?.amount ?? null}
        stale={stale}
        busy={starting}
        onPress={onGenerate}
      />
      <p className="mt-2.5 flex items-center justify-center gap-1.5 text-small text-ink-3 max-lg:hidden">
        Failures cost nothing · <Kbd>Ctrl</Kbd>
        <Kbd>Enter</Kbd>
      </p>
    </div>
  );
}
