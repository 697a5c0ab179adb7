import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { api } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Pipeline, PipelineRequest } from '@/domain/api';
import { pipelineKeys } from './queries';

/**
 * Creates a pipeline and starts it. A press that failed half-way and is repeated unchanged carries the same keys,
 * so the run exists once; after a success, or with another body, it is a new intent.
 */
export function useStartPipeline() {
  const client = useQueryClient();
  const intent = useRef<{ body: string; key: string } | null>(null);

  return useMutation({
    mutationFn: async (request: PipelineRequest) => {
      const body = JSON.stringify(request);
      if (intent.current?.body !== body) intent.current = { body, key: newKey() };
      const { key } = intent.current;
      const created = await api.post<Pipeline>('/pipelines', request, { idempotencyKey: key });
      await api.post(`/pipelines/${created.id}/run`, undefined, { idempotencyKey: `${key}-run` });
      intent.current = null;
      return created;
    },
    onSuccess: (created) => {
      // It was accepted: from now on it runs.
      client.setQueryData(pipelineKeys.one(created.id), { ...created, status: 'running' });
      return client.invalidateQueries({ queryKey: pipelineKeys.recent });
    },
  });
}
