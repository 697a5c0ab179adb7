import { api } from '@/api/client';
import type { Pipeline, PipelineRequest } from '@/domain/api';

const shown = 1000;

/** A run with every prompt that went in: an answer shows the first thousand of each list. */
export async function withAllPrompts(pipeline: Pipeline): Promise<Pipeline> {
  const { inputs, steps } = pipeline;
  if (inputs.prompts_total <= inputs.prompts.length && steps.every((step) => step.inputs.prompts <= shown)) {
    return pipeline;
  }
  const definition = await api.get<PipelineRequest>(`/pipelines/${pipeline.id}/definition`);
  return {
    ...pipeline,
    inputs: { ...inputs, prompts: definition.inputs.prompts },
    steps: steps.map((step) => ({ ...step, config: definition.steps.find((given) => given.step_type === step.step_type)?.config ?? step.config })),
  };
}
