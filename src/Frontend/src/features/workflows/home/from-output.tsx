import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { describeError } from '@/api/problem';
import { lineageQuery } from '@/domain/assets/library';
import { runOf } from '@/domain/draft/from-output';
import { paths } from '@/domain/paths';
import { pipelineQuery } from '@/domain/pipelines/queries';
import { toast } from '@/ui/toast';
import { addDraft, removeDraft } from '../drafts';
import { graphFromOutput } from '../graph/from-output';

/** `?output=12` opens the builder with the way asset 12 was made. The address gives way to that of the draft, so that going back makes no second one. */
export function useOutputOpener(workspace: number): boolean {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const id = Number(search['output']);
  const asked = Number.isSafeInteger(id) && id > 0 ? id : null;
  const client = useQueryClient();
  const navigate = useNavigate();
  const begun = useRef<number | null>(null);
  useEffect(() => {
    if (asked === null || workspace === 0 || begun.current === asked) return;
    begun.current = asked;
    const open = async () => {
      const lineage = await client.fetchQuery(lineageQuery(asked));
      const run = runOf(lineage);
      if (run === null) throw new Error('Its run was deleted, or nobody made it here.');
      const { graph, missing } = graphFromOutput(lineage, await client.fetchQuery(pipelineQuery(run)));
      const draft = addDraft(workspace, graph);
      await navigate({ to: paths.workflow, params: { id: draft }, replace: true });
      toast.good('Everything of it is in a workflow', {
        ...(missing[0] && { detail: missing.join(' ') }),
        action: {
          label: 'Undo',
          run: () => {
            removeDraft(workspace, draft);
            void navigate({ to: paths.library });
          },
        },
      });
    };
    open().catch((error: unknown) => {
      toast.bad('It could not be opened as a workflow', describeError(error));
      void navigate({ to: paths.workflows, replace: true });
    });
  }, [asked, workspace, client, navigate]);
  return asked !== null;
}
