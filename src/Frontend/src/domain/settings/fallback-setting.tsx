import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Model } from '@/domain/api';
import type { Fallback } from '@/domain/draft/draft';
import { providerName } from '@/domain/outputs/origin';
import { providersQuery } from '@/domain/providers/providers';
import { Switch } from '@/ui/controls';

export interface FallbackProps {
  kind: Model['kind'];
  value: Fallback | null | undefined;
  onChange: (fallback: Fallback | null) => void;
}

/** Whether another provider may step in; nothing where there is none, or nobody is paid. */
export function FallbackSetting({ model, ...rest }: FallbackProps & { model: Model | undefined }) {
  return model && !model.simulated && <FallbackOption model={model} {...rest} />;
}

/** Lets another provider make what the model's own cannot, up to a price. The estimate says who would and at which price. */
function FallbackOption({ kind, value = null, onChange, model }: FallbackProps & { model: Model }) {
  const providers = useQuery(providersQuery).data ?? [];
  const others = providers.filter(({ name, simulated, key, makes, stands_by_for }) => !simulated && key !== null && makes.includes(kind) && stands_by_for > 0 && name !== model.served_by);
  if (others.length === 0) return null;
  return (
    <div className="flex flex-col gap-2.5">
      <Switch
        label="Let another provider step in"
        hint={`When ${providerName(model.served_by)} is out, ${others.map(({ name }) => providerName(name)).join(' or ')} may make it.`}
        checked={value !== null}
        onChange={(on) => onChange(on ? { max: null } : null)}
      />
      {value && <MostThere kind={kind} value={value} onChange={onChange} />}
    </div>
  );
}

function MostThere({ kind, value, onChange }: FallbackProps & { value: Fallback }) {
  // As it is typed: `0.0` is no price yet and must not be taken away.
  const [text, setText] = useState(value.max === null ? '' : String(value.max));
  return (
    <label className="flex items-center gap-2.5 text-small text-ink-2">
      <span className="flex-1">Most for one {kind} there; empty for no more than now</span>
      <span className="flex h-8 w-24 items-center rounded-c border border-control bg-surface px-2.5 text-body text-ink focus-within:outline-2 focus-within:outline-focus max-lg:h-11">
        $
        <input
          type="number"
          aria-label={`Most for one ${kind} at another provider, in US dollars`}
          min={0.001}
          step="any"
          placeholder="same"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            onChange({ max: event.target.valueAsNumber > 0 ? event.target.valueAsNumber : null });
          }}
          className="w-full min-w-0 [appearance:textfield] bg-transparent text-right outline-none placeholder:text-ink-3"
        />
      </span>
    </label>
  );
}
