import { QueryClient } from '@tanstack/react-query';
import { ProblemError } from './problem';

export function makeQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 5_000,
        // An answer that says no says it again; only what may pass by itself is asked twice.
        retry: (failures, error) => failures < 2 && !(error instanceof ProblemError && error.status < 500 && error.status !== 429),
      },
      // Offline is told at once; an action that waits in silence might be sent when nobody wants it any more.
      mutations: { retry: false, networkMode: 'always' },
    },
  });
}
