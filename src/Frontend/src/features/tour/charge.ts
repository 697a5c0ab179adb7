import type { Provider } from '@/domain/api';
import type { RunInSight } from '@/domain/draft/run-in-sight';

/**
 * Whether a press on Generate costs nothing: the demo renderer plays every model, and no vendor's key is there to write the
 * prompts with. While the providers are not known, nobody is promised anything.
 */
export function isFree(run: Pick<RunInSight, 'simulated' | 'enhances'>, providers: readonly Provider[] | undefined): boolean {
  if (!run.simulated || providers === undefined) return false;
  const paidWriter = providers.some((provider) => !provider.simulated && provider.key !== null && provider.makes.includes('prompt'));
  return !(run.enhances && paidWriter);
}
