import type { QueryClient } from '@tanstack/react-query';
import { signedOut } from '@/api/client';
import { makeQueryClient } from '@/api/query-client';
import { modelsQuery } from '@/domain/models/list-models';
import { followOtherTabs, sessionQuery } from '@/domain/session/session';
import { router } from './router';
import { SignInPage } from './sign-in';

/** Milliseconds: what takes longer is waited for in the app. */
const patience = 400;

/** Who is signed in, and what there is to choose from or to sign in with, is there before the first drawing: it takes the place of the page's early one, and nothing in it moves afterwards. */
async function read(client: QueryClient): Promise<void> {
  await client.prefetchQuery(sessionQuery);
  const session = client.getQueryData(sessionQuery.queryKey);
  if (session?.signed_in) await client.prefetchQuery(modelsQuery);
  else if (session) await SignInPage.preload?.();
}

/** The answers of the API that are at hand in this tab. `ready` when the first page can be drawn; at the latest after a moment. */
export function openClient(): { client: QueryClient; ready: Promise<unknown> } {
  const client = makeQueryClient();
  // A session that ran out asks to sign in again, wherever it was noticed.
  signedOut.addEventListener('signed-out', () => void client.invalidateQueries({ queryKey: ['session'] }));
  followOtherTabs(client);
  return { client, ready: Promise.race([Promise.all([router.load(), read(client)]), new Promise((resolve) => setTimeout(resolve, patience))]) };
}
