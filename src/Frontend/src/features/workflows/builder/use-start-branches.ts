import { describeError } from '@/api/problem';
import { useStartGroup } from '@/domain/pipelines/run-group';
import { toast } from '@/ui/toast';
import { pathOf, stepTypeOf } from '../graph/branches';
import { printOf } from '../graph/stale';
import type { PricedBranch } from './use-prices';
import type { Workflow } from './use-workflow';

/** Starts branches together for what was shown of them, and keeps what they were made with. */
export function useStartBranches({ graph, run, ran }: Workflow, onStarted: () => void) {
  const start = useStartGroup();
  const send = (part: readonly PricedBranch[]) => {
    const pipelines = part.flatMap(({ request }) => (request ? [request] : []));
    const most = part.reduce((sum, { estimate }) => sum + (estimate?.total ?? 0), 0);
    if (pipelines.length < part.length || part.some(({ estimate }) => !estimate) || start.isPending) return;
    const print = printOf(graph, new Set(part.flatMap(({ branch }) => pathOf(branch).map((node) => node.id))));
    start.mutate(
      { pipelines, most },
      {
        onSuccess: (group) => {
          const branches = group.pipelines.map((pipeline, at) => ({
            pipelineId: pipeline.id,
            steps: Object.fromEntries(part[at] ? pathOf(part[at].branch).flatMap((node) => { const type = stepTypeOf[node.kind]; return type ? [[node.id, type]] : []; }) : []),
          }));
          // What ran before in other branches was not made anew.
          ran({ group: group.run_group_id, at: new Date().toISOString(), branches, print: { ...run?.print, ...print } });
          onStarted();
          toast.good(branches.length > 1 ? `${branches.length} branches are running` : 'The workflow is running');
        },
        onError: (error) => toast.bad('The workflow did not start', describeError(error), { label: 'Retry', run: () => send(part) }),
      },
    );
  };
  return { send, starting: start.isPending };
}
