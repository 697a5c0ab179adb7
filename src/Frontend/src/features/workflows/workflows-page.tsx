import { Link, useNavigate } from '@tanstack/react-router';
import { Copy, Download, Plus, Trash2, TriangleAlert, Workflow } from 'lucide-react';
import { count } from '@/domain/count';
import { draftStore } from '@/domain/draft/draft-store';
import { isUntouched } from '@/domain/draft/draft';
import { nameOf } from '@/domain/draft/build-request';
import { paths } from '@/domain/paths';
import { when } from '@/domain/time';
import { Button, buttonClass, IconButton } from '@/ui/button';
import { Empty } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';
import { useTitle } from '@/ui/use-title';
import { saveText } from './builder/save-file';
import { addDraft, isKept, isReadable, removeDraft, restoreStored, saveDraft, useDrafts, type ListedDraft, type Unreadable, type WorkflowDraft } from './drafts';
import { branchesOf } from './graph/branches';
import { graphFromDrafts } from './graph/from-pipelines';
import { emptyGraph, type Graph } from './graph/graph';
import { useOutputOpener } from './home/from-output';
import { Templates } from './home/templates';
import { WaitingRuns } from './home/waiting-runs';
import { useWorkspace } from './use-workspace';

/** The home of workflows: drafts in the making, and templates to begin with. */
export function WorkflowsPage() {
  useTitle('Workflows');
  const workspace = useWorkspace();
  const drafts = useDrafts(workspace);
  const navigate = useNavigate();
  const begin = (graph: Graph) => void navigate({ to: paths.workflow, params: { id: addDraft(workspace, graph) } });
  const inPlayground = draftStore.get();
  const opening = useOutputOpener(workspace);
  if (opening) {
    return (
      <main className="flex-1 p-7">
        <p role="status" className="text-ink-2">
          Opening the workflow…
        </p>
      </main>
    );
  }
  return (
    <main className="flex min-w-0 flex-1 flex-col gap-7 overflow-y-auto px-7 py-5 max-lg:px-4">
      <header className="flex flex-wrap items-center gap-2">
        <h1 className="flex-1 text-title max-lg:basis-full">Workflows</h1>
        <Link to={paths.jobs} className={buttonClass('ghost', true)}>
          Job history
        </Link>
        <Link to={paths.bulk} className={buttonClass('normal', true)}>
          Bulk run
        </Link>
        {!isUntouched(inPlayground) && (
          <Button small onClick={() => begin(graphFromDrafts(nameOf(inPlayground), [inPlayground]))}>
            <Workflow className="size-4" />
            Draw the playground’s run
          </Button>
        )}
        <Button small look="primary" onClick={() => begin(emptyGraph)}>
          <Plus className="size-4" />
          New workflow
        </Button>
      </header>
      <WaitingRuns />
      <section aria-labelledby="drafts" className="flex flex-col gap-3">
        <h2 id="drafts" className="text-head">
          Drafts
        </h2>
        {drafts.length === 0 ? (
          <div className="flex rounded-card border border-dashed border-line-2">
            <Empty title="No drafts yet">Draw a workflow of your own, or begin with a template. Drafts are kept in this browser.</Empty>
          </div>
        ) : (
          <ul className="grid grid-cols-[repeat(auto-fill,minmax(260px,1fr))] gap-3">
            {drafts.map(({ id, draft }) => (isReadable(draft) ? <DraftCard key={id} workspace={workspace} id={id} draft={draft} /> : <UnreadableCard key={id} workspace={workspace} id={id} draft={draft} />))}
          </ul>
        )}
      </section>
      <Templates workspace={workspace} />
    </main>
  );
}

interface CardProps<D> extends Omit<ListedDraft, 'draft'> {
  workspace: number;
  draft: D;
}

/** One that stays as it is, since this version cannot show it. */
function UnreadableCard({ workspace, id, draft: { why, stored } }: CardProps<Unreadable>) {
  return (
    <li className="flex min-w-0 items-start gap-1 rounded-card border border-warn-line bg-warn-soft p-4">
      <div className="min-w-0 flex-1">
        <h3 className="flex items-center gap-2 text-strong text-warn">
          <TriangleAlert className="size-4 shrink-0" />
          A draft that cannot be read
        </h3>
        <p className="mt-1 text-small break-words text-ink-2">{why}</p>
      </div>
      <IconButton small label="Save what is there as a file" onClick={() => saveText(`workflow-${id}`, stored)}>
        <Download className="size-4" />
      </IconButton>
      <IconButton
        small
        label="Delete the draft that cannot be read"
        onClick={() => {
          removeDraft(workspace, id);
          toast.good('The draft was deleted', { action: { label: 'Undo', run: () => restoreStored(workspace, id, stored) } });
        }}
      >
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  );
}

function DraftCard({ workspace, id, draft }: CardProps<WorkflowDraft>) {
  const { graph, run, updatedAt } = draft;
  const branches = branchesOf(graph).length;
  return (
    <li className="relative flex min-w-0 items-start gap-1 rounded-card border border-line bg-surface p-4 hover:border-control">
      <div className="min-w-0 flex-1">
        <Link to={paths.workflow} params={{ id }} className="text-head break-words after:absolute after:inset-0 after:rounded-card">
          {graph.name}
        </Link>
        <p className="mt-1 text-small text-ink-3">
          {count(graph.nodes.length, 'step')}
          {branches > 1 && ` · ${branches} branches`}
          {updatedAt && ` · ${when(updatedAt, new Date())}`}
        </p>
        {run && <Tag className="mt-2">Last run {when(run.at, new Date())}</Tag>}
        {!isKept(workspace, id) && (
          <Tag tone="warn" className="mt-2">
            Not kept: this browser’s storage is full
          </Tag>
        )}
      </div>
      <IconButton small label={`Duplicate ${graph.name}`} className="z-1" onClick={() => addDraft(workspace, { ...graph, name: `${graph.name} copy`.slice(0, 150) })}>
        <Copy className="size-4" />
      </IconButton>
      <IconButton
        small
        label={`Delete ${graph.name}`}
        className="z-1"
        onClick={() => {
          removeDraft(workspace, id);
          toast.good(`“${graph.name}” was deleted`, { action: { label: 'Undo', run: () => void saveDraft(workspace, id, draft) } });
        }}
      >
        <Trash2 className="size-4" />
      </IconButton>
    </li>
  );
}
