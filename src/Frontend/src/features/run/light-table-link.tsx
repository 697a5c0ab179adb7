import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LayoutGrid } from 'lucide-react';
import { useEffect } from 'react';
import type { Step } from '@/domain/api';
import { paths } from '@/domain/paths';
import { reviewSetQuery } from '@/domain/review/review-set';
import { buttonClass } from '@/ui/button';

/** Larger sets are read when they are asked for. */
const mostAhead = 2_000;

/** The way to the light table. Page and set are there before it is taken. */
export function LightTableLink({ step }: { step: Step }) {
  const client = useQueryClient();
  const { id, pipeline_id } = step;
  const ahead = step.outputs_total <= mostAhead;
  useEffect(() => {
    if (ahead) void client.prefetchQuery(reviewSetQuery({ pipelineId: pipeline_id, stepId: id }));
  }, [client, ahead, pipeline_id, id]);
  return (
    <Link to={paths.review} params={{ id: String(pipeline_id), stepId: String(id) }} preload="render" className={buttonClass('normal', true)}>
      <LayoutGrid className="size-4" />
      Open the light table
    </Link>
  );
}
