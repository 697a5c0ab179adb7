import { useQuery } from '@tanstack/react-query';
import { formatMoney } from '@/domain/costs/format-money';
import type { RunInSight } from '@/domain/draft/run-in-sight';
import { providersQuery } from '@/domain/providers/providers';
import { isFree } from './charge';

export interface Ending {
  text: string;
  /** What the last button says. */
  label: string;
  /** A press starts the run; otherwise it only ends the tour. */
  runs: boolean;
  waiting: boolean;
}

/** What the last step says and does: it runs by itself only what nobody pays for. */
export function endingOf(run: RunInSight, free: boolean | undefined): Ending {
  const [fault] = run.faults;
  if (fault !== undefined) return { text: `Not quite yet: ${fault} Go back, or end the tour and finish it yourself.`, label: 'End the tour', runs: false, waiting: false };
  if (run.starting) return { text: 'On its way: the page of the run opens in a moment.', label: 'Queuing…', runs: true, waiting: true };
  if (run.price === null || run.scope === null || free === undefined) return { text: 'Working out the price.', label: 'One moment', runs: false, waiting: true };
  return free
    ? { text: `${run.scope}, made by the demo renderer. At list prices that is ${run.price}; you are charged ${formatMoney(0)}.`, label: `Run it for ${formatMoney(0)}`, runs: true, waiting: false }
    : { text: `A provider's key is set up here, so this run is paid for: ${run.price} at most, for ${run.scope}. It does not start by itself. Press Generate when you want it.`, label: 'End the tour', runs: false, waiting: false };
}

/** Whether the run is free; undefined until the providers are known. Who may not read them is promised nothing. */
export function useIsFree(run: RunInSight): boolean | undefined {
  const providers = useQuery(providersQuery);
  return providers.isPending && run.simulated && run.enhances ? undefined : isFree(run, providers.data);
}
