import { useQuery } from '@tanstack/react-query';
import { Copy, Plus } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { describeError } from '@/api/problem';
import type { ApiKey, NewApiKey } from '@/domain/api';
import { keysQuery, useCreateKey, useRevokeKey } from '@/domain/keys/keys';
import { when } from '@/domain/time';
import { Button } from '@/ui/button';
import { CheckRow } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { inputClass } from '@/ui/input';
import { LoadError, Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';

const scopes = [
  { value: 'read', label: 'Read', hint: 'see runs, files and costs' },
  { value: 'run', label: 'Run', hint: 'upload, start and change runs' },
  { value: 'admin', label: 'Admin', hint: 'keys and settings' },
] as const;

export function ApiKeys() {
  const query = useQuery(keysQuery);
  const [creating, setCreating] = useState(false);
  return (
    <section aria-labelledby="api-keys" className="flex flex-col gap-3">
      <header className="flex items-center">
        <h2 id="api-keys" className="text-head">
          API keys
        </h2>
        <Button small className="ml-auto" onClick={() => setCreating(true)}>
          <Plus className="size-4" />
          New key
        </Button>
      </header>
      {query.isPending ? (
        <Skeleton className="h-28" />
      ) : query.isError ? (
        <LoadError title="The keys did not load" message={describeError(query.error)} onRetry={() => void query.refetch()} />
      ) : query.data.length === 0 ? (
        <p className="rounded-card border border-line bg-surface p-4 text-ink-2">No keys yet. A key lets a program use this workspace.</p>
      ) : (
        <ul className="overflow-hidden rounded-card border border-line bg-surface">
          {query.data.map((key) => (
            <KeyRow key={key.id} apiKey={key} />
          ))}
        </ul>
      )}
      <NewKey open={creating} onClose={() => setCreating(false)} />
    </section>
  );
}

function KeyRow({ apiKey }: { apiKey: ApiKey }) {
  const revoke = useRevokeKey();
  const [asking, setAsking] = useState(false);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-1 border-line px-4 py-2.5 not-first:border-t">
      <span className="min-w-40 flex-1">
        <span className="block text-strong">{apiKey.name}</span>
        <span className="block text-small text-ink-3">
          {apiKey.prefix && <code className="mr-2 font-mono text-[12px]">{apiKey.prefix}…</code>}
          {apiKey.last_used_at ? `last used ${when(apiKey.last_used_at, new Date())}` : 'never used'}
        </span>
      </span>
      <span className="flex gap-1">
        {apiKey.scopes.map((scope) => (
          <Tag key={scope}>{scope}</Tag>
        ))}
      </span>
      <Button small look="ghostDanger" onClick={() => setAsking(true)}>
        Revoke
      </Button>
      <Dialog open={asking} onClose={() => setAsking(false)} title={`Revoke “${apiKey.name}”?`} className="w-[min(440px,calc(100vw-32px))]">
        <p className="text-ink-2">Programs that use this key stop working at once. A revoked key cannot be brought back.</p>
        <div className="mt-5 flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Keep</Button>
          <Button
            look="danger"
            busy={revoke.isPending}
            onClick={() =>
              revoke.mutate(apiKey.id, {
                onSuccess: () => {
                  toast.good('Key revoked');
                  setAsking(false);
                },
                onError: (error) => toast.bad('The key was not revoked', describeError(error)),
              })
            }
          >
            Revoke
          </Button>
        </div>
      </Dialog>
    </li>
  );
}

function NewKey({ open, onClose }: { open: boolean; onClose: () => void }) {
  const create = useCreateKey();
  const [name, setName] = useState('');
  const [chosen, setChosen] = useState<NewApiKey['scopes']>(['read', 'run']);
  const made = create.data?.key;
  const close = () => {
    create.reset();
    setName('');
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() && chosen.length > 0) create.mutate({ name: name.trim(), scopes: chosen });
  };
  return (
    <Dialog open={open} onClose={close} title={made ? 'Your new key' : 'New API key'} className="w-[min(480px,calc(100vw-32px))]">
      {made ? (
        <div className="flex flex-col gap-4">
          <p className="text-ink-2">Copy it now. It is shown once and stored only as a hash.</p>
          <code className="rounded-c border border-line-2 bg-surface p-3 font-mono text-[12.5px] break-all select-all">{made}</code>
          <div className="flex justify-end gap-2">
            <Button onClick={() => void navigator.clipboard?.writeText(made).then(() => toast.good('Key copied'))}>
              <Copy className="size-4" />
              Copy
            </Button>
            <Button look="primary" onClick={close}>
              Done
            </Button>
          </div>
        </div>
      ) : (
        <form onSubmit={submit} className="flex flex-col gap-4">
          <div className="flex flex-col gap-2">
            <label htmlFor="key-name" className="text-label text-ink-2">
              Name
            </label>
            <input id="key-name" value={name} onChange={(event) => setName(event.target.value)} placeholder="What will use it" maxLength={100} required className={inputClass} />
          </div>
          <fieldset className="flex flex-col gap-3">
            <legend className="mb-2 text-label text-ink-2">It may</legend>
            {scopes.map((scope) => (
              <CheckRow
                key={scope.value}
                label={scope.label}
                hint={scope.hint}
                checked={chosen.includes(scope.value)}
                onChange={(on) => setChosen(on ? [...chosen, scope.value] : chosen.filter((value) => value !== scope.value))}
              />
            ))}
          </fieldset>
          {create.isError && (
            <p role="alert" className="text-small text-danger">
              {describeError(create.error)}
            </p>
          )}
          <Button type="submit" look="primary" className="self-end" busy={create.isPending} disabled={chosen.length === 0}>
            Make the key
          </Button>
        </form>
      )}
    </Dialog>
  );
}
