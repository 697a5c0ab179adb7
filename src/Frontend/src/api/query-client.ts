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
      mutations: { retry: false },
    },
  });
}
