import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useConnection } from '@/api/connection';
import { describeError, ProblemError } from '@/api/problem';
import type { PipelineRequest } from '@/domain/api';
import { count } from '@/domain/count';
import { useDryRun } from '@/domain/costs/dry-run';
import { formatMoney } from '@/domain/costs/format-money';
import { useDraft } from '@/domain/draft/draft-store';
import { useUploads } from '@/domain/draft/uploads';
import { modelsQuery } from '@/domain/models/list-models';
import { paths } from '@/domain/paths';
import { useStartPipeline } from '@/domain/pipelines/start-pipeline';
import { sheetQuery, useRunSheet } from '@/domain/sheets/sheets';
import { toast } from '@/ui/toast';
import { useSettled } from '@/ui/use-settled';
import { commonOf, faultsOf, inputsOf, levelsOf, levelsOfSheet, payNow, promptsOf, sheetRequestOf, stepsOf, stopsOf, type Fault } from './bulk-request';
import { bulkStore, useBulk } from './bulk-store';

/** Where the part of a refused request stands on the page. */
function partOf(pointer: string): Fault['at'] {
  if (pointer.startsWith('/inputs/images')) return 'photos';
  if (pointer.startsWith('/inputs/prompts') || pointer.startsWith('/rows') || pointer.startsWith('/mapping')) return 'prompts';
  return pointer.includes('/steps') ? 'chain' : pointer.includes('/mode') || pointer.includes('/checkpoints') ? 'execution' : 'run';
}

function refusals(error: unknown): Fault[] {
  if (error === null || error === undefined) return [];
  const told = error instanceof ProblemError ? Object.entries(error.problem.errors ?? {}) : [];
  return told.length > 0 ? told.flatMap(([pointer, messages]) => messages.map((message) => ({ at: partOf(pointer), message }))) : [{ at: 'run', message: describeError(error) }];
}

const nameOf = (prompts: readonly string[]) => (prompts[0] ?? 'Bulk run').replace(/\s+/g, ' ').slice(0, 60);

/** Everything the page knows and can do; it only lays it out. */
export function useBulkRun() {
  const draft = useBulk();
  const { images } = useDraft();
  const { pending } = useUploads();
  const models = useQuery(modelsQuery);
  const connection = useConnection();
  const navigate = useNavigate();
  const start = useStartPipeline();
  const runSheet = useRunSheet();
  const catalog = useMemo(() => models.data ?? [], [models.data]);
  const ofSheet = draft.source === 'sheet';

  const prompts = useMemo(() => promptsOf(draft.text, draft.splitBy), [draft.text, draft.splitBy]);
  const steps = useMemo(() => stepsOf(draft, catalog), [draft, catalog]);
  const inputs = useMemo(() => inputsOf(images, prompts, draft.combine), [images, prompts, draft.combine]);
  const asked = useMemo(() => (ofSheet || inputs === null || steps.length === 0 || catalog.length === 0 ? null : { inputs, steps }), [ofSheet, inputs, steps, catalog]);
  const settled = useSettled(asked);
  const dryRun = useDryRun(settled);
  const rows = useMemo(() => sheetRequestOf(draft, steps, images, false), [draft, steps, images]);
  const settledRows = useSettled(rows);
  const sheet = useQuery(sheetQuery(ofSheet && catalog.length > 0 ? draft.sheetId : null, settledRows, images.length));

  const read = ofSheet && draft.sheetId !== null ? sheet.data : undefined;
  const levels = ofSheet ? levelsOfSheet(read) : asked === null ? [] : levelsOf(dryRun.data);
  const stops = stopsOf(draft, steps);
  const { now, later } = payNow(levels, stops);
  const stale = ofSheet ? rows !== settledRows || sheet.isFetching : asked !== settled || dryRun.isFetching;
  const missing = faultsOf(draft, catalog, images.length, pending.length, prompts, read);
  const refused = missing.length > 0 ? [] : [...refusals(ofSheet ? null : dryRun.error), ...(ofSheet && sheet.isError ? refusals(sheet.error) : [])];
  const offline: Fault[] = connection === 'online' ? [] : [{ at: 'run', message: 'The server cannot be reached. All of this is kept, and can be sent when it answers again.' }];
  const faults = [...offline, ...missing, ...refused];

  const failed = (error: unknown) => toast.bad('The run did not start', describeError(error));
  const run = (simulate: boolean) => {
    const [fault] = faults;
    if (fault) {
      toast.bad('This cannot run yet', fault.message);
      return;
    }
    if (ofSheet && read && draft.sheetId !== null) {
      const request = { ...sheetRequestOf(draft, steps, images, simulate), leave_out_bad_rows: draft.leaveOut, ...(read.plan && !simulate && { max_cost_usd: read.plan.total }) };
      runSheet.mutate(
        { id: draft.sheetId, request },
        {
          onSuccess: (started) => {
            // It ran: what comes next is another sheet. A simulation leaves it here to be run.
            if (!simulate) bulkStore.patch({ sheetId: null, mapping: {}, edits: {}, leaveOut: false });
            void navigate({ to: paths.jobs, search: { group: started.run_group_id } as never });
          },
          onError: failed,
        },
      );
    } else if (asked !== null) {
      const request: PipelineRequest = { ...commonOf(draft, steps, simulate), name: nameOf(prompts), inputs: asked.inputs };
      start.mutate(request, { onSuccess: (created) => void navigate({ to: paths.run, params: { id: String(created.id) } }), onError: failed });
    }
  };

  const pipelines = read?.plan?.pipelines ?? 1;
  return {
    draft, images, prompts, steps, models: catalog, levels, stops, stale, faults, run,
    sheet: read,
    sheetLoading: sheet.isFetching,
    sheetError: ofSheet && sheet.isError ? describeError(sheet.error) : null,
    modelsError: models.isError ? describeError(models.error) : null,
    first: ofSheet ? count(read?.rows_good ?? 0, 'row') : count(images.length, 'photo'),
    total: now + later,
    price: levels.length === 0 ? null : formatMoney(now),
    scope: levels.length === 0 ? 'Working out the price' : later > 0 ? `to the first stop, then up to ${formatMoney(later)} more` : [levels.map((level) => count(level.count, level.unit)).join(' + '), pipelines > 1 && `in ${pipelines} pipelines`].filter(Boolean).join(' '),
    starting: start.isPending || runSheet.isPending,
    simulated: catalog.length > 0 && catalog.every((model) => model.simulated),
  };
}
