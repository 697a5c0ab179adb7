import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { describeError } from '@/api/problem';
import type { Provider } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { providersQuery, providerSpendQuery, useCheckProviderKey, usePutProviderKey, useRemoveProviderKey } from '@/domain/providers/providers';
import { when } from '@/domain/time';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { inputClass } from '@/ui/input';
import { LoadError, Skeleton } from '@/ui/states';
import { Dot, Tag, type Tone } from '@/ui/tag';
import { toast } from '@/ui/toast';

const names: Record<string, { title: string; where: string; placeholder: string }> = {
  fal: { title: 'fal', where: 'fal.ai/dashboard/keys', placeholder: 'id:secret' },
  replicate: { title: 'Replicate', where: 'replicate.com/account/api-tokens', placeholder: 'r8_…' },
  openai: { title: 'OpenAI', where: 'platform.openai.com/api-keys', placeholder: 'sk-…' },
  anthropic: { title: 'Anthropic', where: 'platform.claude.com/settings/keys', placeholder: 'sk-ant-…' },
  local: { title: 'Demo renderer', where: '', placeholder: '' },
};

const titleOf = (provider: Provider) => names[provider.name]?.title ?? provider.name;

const states = {
  free: { dot: 'good', text: 'ready' },
  throttled: { dot: 'warn', text: 'asked to wait' },
  trying: { dot: 'warn', text: 'is being tried again' },
  down: { dot: 'bad', text: 'does not answer' },
} as const;

export function Providers() {
  const query = useQuery(providersQuery);
  const spend = useQuery(providerSpendQuery);
  const shown = query.data?.filter((provider) => provider.takes_key || provider.name === 'local');
  return (
    <section aria-labelledby="providers" className="flex flex-col gap-3">
      <header>
        <h2 id="providers" className="text-head">
          Providers
        </h2>
        <p className="text-small text-ink-3">A key of your own is used in place of the installation’s, for this workspace alone. It is kept encrypted and never shown again.</p>
      </header>
      {query.isPending ? (
        <Skeleton className="h-70" />
      ) : shown === undefined ? (
        <LoadError title="The providers did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : (
        <ul className="overflow-hidden rounded-card border border-line bg-surface">
          {shown.map((provider) => (
            <ProviderRow key={provider.name} provider={provider} spent={spend.data?.get(provider.name)?.amount} />
          ))}
        </ul>
      )}
    </section>
  );
}

function ProviderRow({ provider, spent }: { provider: Provider; spent: number | undefined }) {
  const [entering, setEntering] = useState(false);
  const [removing, setRemoving] = useState(false);
  const check = useCheckProviderKey();
  const ready = provider.simulated || provider.key !== null;
  const state = states[provider.state];
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 border-line px-4 py-3 not-first:border-t">
      <div className="min-w-52 flex-1">
        <h3 className="flex flex-wrap items-center gap-2 text-strong">
          {titleOf(provider)}
          {provider.key === 'workspace' && <Tag tone="good">your key {provider.key_hint}</Tag>}
          {provider.key === 'installation' && <Tag>the installation’s key</Tag>}
          {!ready && <Tag tone="dashed">no key</Tag>}
        </h3>
        <p className="flex flex-wrap items-center gap-x-2 text-small text-ink-3">
          {ready && (
            <span className="inline-flex items-center gap-1.5">
              <Dot tone={state.dot} />
              {state.text}
            </span>
          )}
          <span>{what(provider)}</span>
          {spent !== undefined && spent > 0 && <span>{formatMoney(spent)} this month</span>}
        </p>
      </div>
      {provider.takes_key && (
        <div className="flex flex-wrap gap-2">
          {provider.key !== null && (
            <Button small busy={check.isPending} onClick={() => check.mutate(provider.name)}>
              Check
            </Button>
          )}
          <Button small onClick={() => setEntering(true)}>
            {provider.key === 'workspace' ? 'Replace' : 'Add your key'}
          </Button>
          {provider.key === 'workspace' && (
            <Button small look="ghostDanger" onClick={() => setRemoving(true)}>
              Remove
            </Button>
          )}
        </div>
      )}
      <CheckResult check={check} />
      {provider.last_error && (
        <p className="basis-full text-small text-ink-3">
          Last error, {when(provider.last_error.at, new Date())}: <span className="text-ink-2">{provider.last_error.message}</span>
        </p>
      )}
      <KeyDialog open={entering} provider={provider} onClose={() => setEntering(false)} onKept={() => check.mutate(provider.name)} />
      <RemoveDialog open={removing} provider={provider} onClose={() => setRemoving(false)} onRemoved={check.reset} />
    </li>
  );
}

function what({ makes, serves, stands_by_for, simulated }: Provider): string {
  if (makes.length === 1 && makes[0] === 'prompt') return 'writes prompts';
  const standsBy = stands_by_for > 0 ? `stands by for ${count(stands_by_for, 'model')}` : null;
  if (serves > 0) return [`makes ${count(serves, 'model')}`, standsBy].filter(Boolean).join(', ');
  return standsBy ?? (simulated ? 'steps back where a vendor has a key' : `can make ${makes.map((kind) => `${kind}s`).join(' and ')}`);
}

const checkTones: Record<string, Tone> = { works: 'good', refused: 'bad', missing: 'warn', unreachable: 'warn' };
const checkWords: Record<string, string> = { works: 'works', refused: 'refused', missing: 'no key', unreachable: 'no answer' };

function CheckResult({ check }: { check: ReturnType<typeof useCheckProviderKey> }) {
  if (check.isIdle || check.isPending) return null;
  return (
    <p role="status" className="flex basis-full items-center gap-2 text-small text-ink-2">
      {check.isError ? (
        <>
          <Tag tone="warn">not checked</Tag>
          {describeError(check.error)}
        </>
      ) : (
        <>
          <Tag tone={checkTones[check.data.state]}>{checkWords[check.data.state]}</Tag>
          {check.data.message}
        </>
      )}
    </p>
  );
}

function KeyDialog({ open, provider, onClose, onKept }: { open: boolean; provider: Provider; onClose: () => void; onKept: () => void }) {
  const put = usePutProviderKey();
  const [key, setKey] = useState('');
  const known = names[provider.name];
  const close = () => {
    put.reset();
    setKey('');
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    put.mutate(
      { provider: provider.name, key: key.trim() },
      {
        onSuccess: () => {
          toast.good(`${titleOf(provider)}’s key is kept`);
          close();
          onKept();
        },
      },
    );
  };
  return (
    <Dialog open={open} onClose={close} title={`Your key of ${titleOf(provider)}`} className="w-[min(480px,calc(100vw-32px))]">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <label htmlFor={`key-of-${provider.name}`} className="text-label text-ink-2">
            Key
          </label>
          <input
            id={`key-of-${provider.name}`}
            type="password"
            autoComplete="off"
            spellCheck={false}
            value={key}
            onChange={(event) => setKey(event.target.value)}
            placeholder={known?.placeholder}
            required
            aria-invalid={put.isError || undefined}
            aria-describedby={`key-help-${provider.name}`}
            className={inputClass}
          />
          <p id={`key-help-${provider.name}`} className="text-small text-ink-3">
            {known && `You find it at ${known.where}. `}What this workspace makes there from now on is billed to that account.
          </p>
        </div>
        {put.isError && (
          <p role="alert" className="text-small text-danger">
            {describeError(put.error)}
          </p>
        )}
        <Button type="submit" look="primary" className="self-end" busy={put.isPending} disabled={key.trim() === ''}>
          Keep the key
        </Button>
      </form>
    </Dialog>
  );
}

function RemoveDialog({ open, provider, onClose, onRemoved }: { open: boolean; provider: Provider; onClose: () => void; onRemoved: () => void }) {
  const remove = useRemoveProviderKey();
  return (
    <Dialog open={open} onClose={onClose} title={`Remove your key of ${titleOf(provider)}?`} className="w-[min(440px,calc(100vw-32px))]">
      <p className="text-ink-2">What runs goes on with the installation’s key, if there is one. Jobs that {titleOf(provider)} has accepted for your account cannot be looked after any more: let them end first.</p>
      <div className="mt-5 flex justify-end gap-2">
        <Button onClick={onClose}>Keep</Button>
        <Button
          look="danger"
          busy={remove.isPending}
          onClick={() =>
            remove.mutate(provider.name, {
              onSuccess: () => {
                toast.good('Key removed');
                onRemoved();
                onClose();
              },
              onError: (error) => toast.bad('The key was not removed', describeError(error)),
            })
          }
        >
          Remove
        </Button>
      </div>
    </Dialog>
  );
}
