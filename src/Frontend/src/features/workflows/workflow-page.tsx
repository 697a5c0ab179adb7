import { Link, useParams } from '@tanstack/react-router';
import { paths } from '@/domain/paths';
import { buttonClass } from '@/ui/button';
import { Empty } from '@/ui/states';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { Builder } from './builder/builder';
import { useWorkflow } from './builder/use-workflow';
import { useWorkspace } from './use-workspace';

export function WorkflowPage() {
  const { id } = useParams({ strict: false });
  const workspace = useWorkspace();
  return <OfWorkspace key={`${workspace}.${id}`} workspace={workspace} id={id ?? ''} />;
}

function OfWorkspace({ workspace, id }: { workspace: number; id: string }) {
  const workflow = useWorkflow(workspace, id);
  const narrow = useIsNarrow();
  useTitle(workflow?.graph.name ?? 'Workflow');
  return workflow ? (
    <Builder workflow={workflow} narrow={narrow} />
  ) : (
    <main className="flex flex-1">
      <Empty title="This workflow is not on this device" action={<Link to={paths.workflows} className={buttonClass('primary')}>All workflows</Link>}>
        Drafts stay in the browser they were drawn in. Export one there, or save it as a template, to have it here.
      </Empty>
    </main>
  );
}
