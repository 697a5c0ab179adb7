import { Link, useParams } from '@tanstack/react-router';
import { paths } from '@/domain/paths';
import { Button, buttonClass } from '@/ui/button';
import { Empty } from '@/ui/states';
import { useIsNarrow } from '@/ui/use-media';
import { useTitle } from '@/ui/use-title';
import { Builder } from './builder/builder';
import { saveText } from './builder/save-file';
import { useWorkflow } from './builder/use-workflow';
import { isReadable, loadDraft } from './drafts';
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
  if (workflow) return <Builder workflow={workflow} narrow={narrow} />;
  const there = loadDraft(workspace, id);
  const all = <Link to={paths.workflows} className={buttonClass('primary')}>All workflows</Link>;
  return there && !isReadable(there) ? (
    <main className="flex flex-1">
      <Empty title="This draft cannot be read" action={<span className="flex gap-2"><Button onClick={() => saveText(`workflow-${id}`, there.stored)}>Save what is there</Button>{all}</span>}>
        {there.why} It was left as it is.
      </Empty>
    </main>
  ) : (
    <main className="flex flex-1">
      <Empty title="This workflow is not on this device" action={all}>
        Drafts stay in the browser they were drawn in. Export one there, or save it as a template, to have it here.
      </Empty>
    </main>
  );
}
