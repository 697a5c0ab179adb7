import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Session } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';

/** Who is signed in. `expired` is who was, when the session ran out by itself: that person may sign in again and go on. */
export interface SessionState extends Session {
  expired: Session | null;
}

const key = ['session'] as const;
const ofWorkspace = { predicate: ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== key[0] };

export const sessionQuery = queryOptions({
  queryKey: key,
  queryFn: async ({ signal, client }): Promise<SessionState> => {
    const now = await api.get<Session>('/session', { signal });
    const before = client.getQueryData<SessionState>(key);
    return { ...now, expired: now.signed_in ? null : before?.signed_in ? before : (before?.expired ?? null) };
  },
  staleTime: 60_000,
});

// Whose draft this browser holds, and since when. Other tabs hear of a change by it.
const ownerKey = 'pipeline.workspace';
const ownerOf = (stored: string | null) => stored?.split(' ')[0] ?? null;

/** Shows the session that is there now. Nothing of one workspace may be seen in another; the same one goes on with what it has. */
function show(client: QueryClient, now: SessionState): void {
  const before = client.getQueryData<SessionState>(key);
  const was = before?.signed_in ? before : before?.expired;
  client.setQueryData(key, now);
  if (now.signed_in && was && was.workspace?.id === now.workspace?.id) void client.invalidateQueries(ofWorkspace);
  else client.removeQueries(ofWorkspace);
}

function enter(client: QueryClient, now: Session): void {
  const owner = String(now.workspace?.id ?? '');
  const known = ownerOf(localStorage.getItem(ownerKey));
  // Its photos are another workspace's.
  if (known !== null && known !== owner) draftStore.clear();
  localStorage.setItem(ownerKey, `${owner} ${Date.now()}`);
  show(client, { ...now, expired: null });
}

function leave(client: QueryClient): void {
  const now = client.getQueryData<SessionState>(key);
  if (now) show(client, { ...now, signed_in: false, user: null, workspace: null, expired: null });
}

/** Signing in or out in one tab does so in all of them. */
export function followOtherTabs(client: QueryClient): void {
  window.addEventListener('storage', ({ key: changed, newValue }) => {
    if (changed !== ownerKey) return;
    if (newValue === null) leave(client);
    else void api.get<Session>('/session').then((now) => show(client, { ...now, expired: null }), () => undefined);
  });
}

function useEnter<T>(ask: (input: T) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: ask, onSuccess: (now) => enter(client, now) });
}

export const useOpenDemo = () => useEnter<void>(() => api.post('/session/demo'));
export const useSignIn = () => useEnter<string>((apiKey) => api.post('/session', { api_key: apiKey }));

export function useSignOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.delete('/session'),
    onSuccess: () => {
      // Whoever signs in next on this browser may be somebody else.
      draftStore.clear();
      localStorage.removeItem(ownerKey);
      leave(client);
    },
  });
}
