import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { makeQueryClient } from '@/api/query-client';
import { sessionQuery, type SessionState } from '@/domain/session/session';
import { router } from './router';

const nobody: SessionState = { signed_in: false, demo_available: true, user: null, workspace: null, expired: null };
const somebody: SessionState = { ...nobody, signed_in: true, workspace: { id: 0, name: 'Pipeline' } };

/** The page at the window's address as it is before anything but the session is known. For scripts/early-pages.mjs, at build time. */
export async function drawEarly(root: HTMLElement, signedIn: boolean): Promise<void> {
  const client = makeQueryClient();
  client.setQueryData(sessionQuery.queryKey, signedIn ? somebody : nobody);
  await router.load();
  createRoot(root).render(<App client={client} />);
}
