import { useQueries, useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { assetQuery } from '@/domain/assets/assets';
import type { Output } from '@/domain/api';
import type { OutputIndex } from '@/domain/outputs/output-index';
import { outputIndexQuery, outputsQuery } from '@/domain/pipelines/output-queries';
import { pipelineQuery } from '@/domain/pipelines/queries';
import { useLiveRun } from '@/domain/progress/use-live-run';
import { runViewer, type FetchedOutputs } from './run-view';

/** A run as it is now: what was fetched, with the feed laid over it. */
export function useRun(id: number) {
  const pipeline = useQuery(pipelineQuery(id));
  const { live, feed, forget } = useLiveRun(id);
  const [viewRun] = useState(runViewer);
  // A review asks for its outputs anew; until they are there, those from before it are shown.
  const [lastIndexes] = useState(() => new Map<number, OutputIndex>());
  const steps = pipeline.data?.steps.filter((step) => step.outputs_total > 0 || step.progress.succeeded > 0) ?? [];
  const ofPrompts = steps.filter((step) => step.step_type === 'prompt_enhance');
  const ofMedia = steps.filter((step) => step.step_type !== 'prompt_enhance');
  const prompts = useQueries({ queries: ofPrompts.map((step) => outputsQuery(id, step.id)) });
  const indexes = useQueries({ queries: ofMedia.map((step) => outputIndexQuery(id, step.id, step.status === 'review' ? step.version : 0)) });
  const photo = pipeline.data?.inputs.images.find((input) => 'asset_id' in input);
  const shape = useQuery(assetQuery(photo && 'asset_id' in photo ? photo.asset_id : null)).data;
  const photoRatio = shape?.width && shape.height ? shape.width / shape.height : null;

  // The result arrays are new on every render; the stamps say when one of the answers really changed.
  const stamp = [...ofPrompts.map((step, at) => `${step.id}:${prompts[at]?.dataUpdatedAt ?? 0}`), ...ofMedia.map((step, at) => `${step.id}:${step.version}:${indexes[at]?.dataUpdatedAt ?? 0}`)].join();
  const fetched = useMemo<FetchedOutputs>(() => {
    const texts: Record<number, Output[]> = {};
    const briefs: Record<number, OutputIndex> = {};
    ofPrompts.forEach((step, at) => {
      const data = prompts[at]?.data;
      if (data) texts[step.id] = data;
    });
    ofMedia.forEach((step, at) => {
      const data = indexes[at]?.data ?? lastIndexes.get(step.id);
      if (!data) return;
      briefs[step.id] = data;
      lastIndexes.set(step.id, data);
    });
    return { prompts: texts, indexes: briefs };
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [stamp]);
  const view = useMemo(() => (pipeline.data ? viewRun(pipeline.data, live, fetched, photoRatio) : undefined), [viewRun, pipeline.data, live, fetched, photoRatio]);

  useEffect(() => {
    const known = [...Object.values(fetched.indexes).map((index) => index.ids), ...Object.values(fetched.prompts).map((list) => new Set(list.map((output) => output.id)))];
    forget({ has: (output) => known.some((ids) => ids.has(output)) });
  }, [forget, fetched]);

  const broken = [...prompts, ...indexes].filter((query) => query.isError);
  const outputsError = broken[0]?.error ?? null;
  const readOutputs = () => broken.forEach((query) => void query.refetch());
  return { pipeline, view, live, feed, fetched, outputsError, readOutputs };
}
