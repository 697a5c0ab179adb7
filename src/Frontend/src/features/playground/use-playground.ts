import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useMemo } from 'react';
import { useConnection } from '@/api/connection';
import { describeError } from '@/api/problem';
import type { PipelineRequest } from '@/domain/api';
import { useEstimate } from '@/domain/costs/estimate';
import { makesImages, makesVideos } from '@/domain/draft/draft';
import { draftStore, useDraft } from '@/domain/draft/draft-store';
import type { RunInSight } from '@/domain/draft/run-in-sight';
import { useUploads } from '@/domain/draft/uploads';
import { pickModel } from '@/domain/models/capabilities';
import { modelsQuery } from '@/domain/models/list-models';
import { paths } from '@/domain/paths';
import { useStartPipeline } from '@/domain/pipelines/start-pipeline';
import { useEnhancePrompts } from '@/domain/prompts/enhance-prompts';
import { describeEnhancement } from '@/domain/prompts/describe-enhancement';
import { splitPrompts } from '@/domain/prompts/split-prompts';
import { toast } from '@/ui/toast';
import { useSettled } from '@/ui/use-settled';
import { blockers } from './blockers';
import { buildEstimate, buildPipeline, checkpointsOf, enhancesInRun } from '@/domain/draft/build-request';
import { scopeOf } from './control-panel';
import { faultsOf, type Fault } from './problem-fields';
import { replaceVariations } from './replace-variations';

/** Same message at the same control once, however many sources found it. */
const distinct = (faults: Fault[]) => faults.filter((fault, at) => faults.findIndex((other) => other.field === fault.field && other.message === fault.message) === at);

const unsent: Record<'offline' | 'unreachable', Fault> = {
  offline: { field: 'run', message: 'You are offline. All of this is kept, and can be sent when the connection is back.' },
  unreachable: { field: 'run', message: 'The server is not answering. All of this is kept, and can be sent when it does again.' },
};

/** Everything the playground knows and can do; the page only lays it out. */
export function usePlayground() {
  const draft = useDraft();
  const models = useQuery(modelsQuery);
  const { pending } = useUploads();
  const navigate = useNavigate();
  const start = useStartPipeline();
  const enhance = useEnhancePrompts();
  const connection = useConnection();

  const catalog = useMemo(() => models.data ?? [], [models.data]);
  const missing = useMemo(() => blockers(draft, catalog, pending.length), [draft, catalog, pending.length]);
  const asked = useMemo(() => buildEstimate(draft, catalog), [draft, catalog]);
  const settled = useSettled(asked);
  const estimate = useEstimate(settled);
  const steps = asked?.steps ?? [];
  const refused = distinct([...faultsOf(estimate.error, settled?.steps ?? []), ...faultsOf(start.error, steps)]);
  // What is seen to be wrong with a control right here need not be said by the server as well.
  const found = distinct([...missing, ...refused.filter(({ field }) => !missing.some((fault) => fault.field === field))]);
  const faults = connection === 'online' ? found : [unsent[connection], ...found];

  const image = makesImages(draft) ? pickModel(catalog, 'image', draft.image.model) : undefined;
  const video = makesVideos(draft) ? pickModel(catalog, 'video', draft.video.model) : undefined;

  const send = (request: PipelineRequest) =>
    start.mutate(request, {
      onSuccess: (created) => {
        // An undo of the draft means nothing on the page of the run.
        toast.clear();
        void navigate({ to: paths.run, params: { id: String(created.id) } });
      },
      // Sent again unchanged it is the same run, whatever became of the first try.
      onError: (error) => toast.bad('The run did not start', describeError(error), { label: 'Retry', run: () => send(request) }),
    });
  const generate = () => {
    const request = buildPipeline(draft, catalog);
    const [fault] = faults;
    if (fault) toast.bad('This run cannot start yet', fault.message);
    else if (request !== null && !start.isPending) send(request);
  };

  const enhancePrompts = () => {
    const prompts = splitPrompts(draft.prompt);
    if (prompts.length === 0 || enhance.isPending) return;
    const [first] = draft.images;
    const one = draft.images.length === 1 && first ? { image: { asset_id: first.assetId } } : {};
    enhance.mutate(
      { prompts, count: draft.variationsPerPrompt, target: makesImages(draft) ? 'i2i' : 'i2v', ...(draft.themeFocus && { theme_focus: draft.themeFocus }), ...one },
      {
        onSuccess: (answer) => {
          const texts = answer.results.flatMap((result) => result.prompts);
          replaceVariations(texts.map((text, index) => ({ id: `${Date.now()}-${index}`, text, kept: true })), describeEnhancement(answer));
        },
        onError: (error) => toast.bad('The prompt was not enhanced', describeError(error)),
      },
    );
  };

  // A refusal speaks of the request that was refused; the next one has not been.
  const { reset, isError } = start;
  useEffect(() => {
    if (isError) return () => reset();
  }, [draft, isError, reset]);

  const known = asked === null ? undefined : estimate.data;
  const stale = asked !== settled || estimate.isFetching;
  const stops = draft.run === 'manual' ? steps.map((step) => step.step_type) : checkpointsOf(draft);
  const simulated = [image, video].every((model) => model?.simulated !== false) && (image ?? video) !== undefined;
  const inSight: RunInSight = {
    price: known && !stale ? known.total_display : null,
    scope: known && !stale ? scopeOf(known) : null,
    simulated,
    enhances: enhancesInRun(draft),
    faults: faults.map((fault) => fault.message),
    starting: start.isPending,
    generate,
  };

  return {
    draft,
    inSight,
    models: catalog,
    modelsError: models.isError ? describeError(models.error) : null,
    reloadModels: () => void models.refetch(),
    faults,
    estimate: known,
    estimateError: estimate.isError && refused.length === 0 && asked !== null && connection === 'online' ? describeError(estimate.error) : null,
    stale,
    waitingFor: asked !== null ? null : draft.images.length === 0 ? 'Add a photo and a prompt to see what it costs.' : 'Write a prompt to see what it costs.',
    stops,
    simulated,
    starting: start.isPending,
    enhancing: enhance.isPending,
    generate,
    enhancePrompts,
    setMode: (mode: typeof draft.mode) => draftStore.patch({ mode }),
  };
}
