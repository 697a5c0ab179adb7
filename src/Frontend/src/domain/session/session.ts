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

// Whose draft this browser holds, and since when. Other tabs hear of a change by it.
const ownerKey = 'pipeline.workspace';

function own(owner: string): void {
  localStorage.setItem(ownerKey, `${owner} ${Date.now()}`);
}

/** What an answer means for what is here: nothing of one workspace may be seen in another, and the same one goes on with what it has. */
function settle(client: QueryClient, now: Session): SessionState {
  const before = client.getQueryData<SessionState>(key);
  const was = before?.signed_in ? before : (before?.expired ?? null);
  if (!now.signed_in) return { ...now, expired: was };

  const owner = String(now.workspace?.id ?? '');
  const known = localStorage.getItem(ownerKey)?.split(' ')[0] ?? null;
  // Its photos are another workspace's.
  if (known !== null && known !== owner) draftStore.clear();
  if (known !== owner) own(owner);
  if (was && was.workspace?.id !== now.workspace?.id) client.removeQueries(ofWorkspace);
  else if (was && !before?.signed_in) void client.invalidateQueries(ofWorkspace);
  return { ...now, expired: null };
}

export const sessionQuery = queryOptions({
  queryKey: key,
  queryFn: async ({ signal, client }) => settle(client, await api.get<Session>('/session', { signal })),
  staleTime: 60_000,
});

function leave(client: QueryClient): void {
  client.setQueryData<SessionState>(key, (now) => now && { ...now, signed_in: false, user: null, workspace: null, expired: null });
  client.removeQueries(ofWorkspace);
}

/** Signing in or out in one tab does so in all of them. */
export function followOtherTabs(client: QueryClient): void {
  window.addEventListener('storage', ({ key: changed, newValue }) => {
    if (changed !== ownerKey) return;
    if (newValue === null) leave(client);
    else void client.invalidateQueries({ queryKey: key });
  });
}

function useEnter<T>(ask: (input: T) => Promise<Session>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ask,
    onSuccess: (now) => {
      const state = settle(client, now);
      // Once more, for the other tabs: they hear of what changes only.
      own(String(now.workspace?.id ?? ''));
      client.setQueryData(key, state);
    },
  });
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
