import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { PipelineRequest, RunGroup } from '@/domain/api';
import { pipelineKeys } from './queries';

export interface GroupToStart {
  pipelines: readonly PipelineRequest[];
  /** US dollars that all of them may cost together: what was shown. */
  most: number;
}

/** Hexadecimal digits as the server writes such names. */
const asGuid = (key: string) => key.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

// Sums of prices carry the binary error of their parts.
const roundedUp = (amount: number) => Math.ceil(amount * 1e6 - 1e-3) / 1e6;

/** Creates and starts pipelines together. The same ones again after a failure are the same group, so that nothing runs twice. */
export function useStartGroup() {
  const client = useQueryClient();
  const intent = useRef<{ body: string; group: string } | null>(null);
  return useMutation({
    mutationFn: async ({ pipelines, most }: GroupToStart) => {
      const body = JSON.stringify(pipelines);
      if (intent.current?.body !== body) intent.current = { body, group: asGuid(newKey()) };
      const started = await api.post<RunGroup>('/run-groups', { run_group_id: intent.current.group, pipelines, max_cost_usd: roundedUp(most) });
      intent.current = null;
      return started;
    },
    onSuccess: ({ pipelines }) => {
      for (const pipeline of pipelines) client.setQueryData(pipelineKeys.one(pipeline.id), pipeline);
      return client.invalidateQueries({ queryKey: pipelineKeys.recent });
    },
  });
}
