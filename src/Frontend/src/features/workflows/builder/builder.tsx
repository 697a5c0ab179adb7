import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo, useState } from 'react';
import { modelsQuery } from '@/domain/models/list-models';
import { BranchWatch, mostFeeds, type BranchState } from './live';
import { useCards } from './use-cards';
import { usePrices } from './use-prices';
import type { Workflow } from './use-workflow';
import { Workbench } from './workbench';

/** The builder of one workflow: what is known of its steps. What is chosen of them is the workbench's, so that choosing another works out nothing anew. */
export function Builder({ workflow, narrow }: { workflow: Workflow; narrow: boolean }) {
  const { graph, run } = workflow;
  const models = useQuery(modelsQuery);
  const catalog = useMemo(() => models.data ?? [], [models.data]);
  const prices = usePrices(graph, catalog);
  const [states, setStates] = useState<ReadonlyMap<number, BranchState>>(new Map());
  const { cards, stale } = useCards(graph, prices, catalog, run, states);
  const onState = useCallback((id: number, state: BranchState) => setStates((before) => (before.get(id)?.pipeline === state.pipeline && before.get(id)?.live === state.live ? before : new Map(before).set(id, state))), []);
  return (
    <div className="flex min-h-0 min-w-0 flex-1 max-lg:flex-col">
      <Workbench workflow={workflow} narrow={narrow} models={catalog} modelsError={models.error} prices={prices} states={states} cards={cards} stale={stale} />
      {run?.branches.map((branch, at) => <BranchWatch key={branch.pipelineId} branch={branch} fed={at < mostFeeds} onState={onState} />)}
    </div>
  );
}
