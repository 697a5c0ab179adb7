import { infiniteQueryOptions, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Template, TemplateFile, TemplateRequest, TemplateSummary } from '@/domain/api';

export const templateKeys = {
  all: ['templates'] as const,
  list: ['templates', 'list'] as const,
  one: (id: number) => ['templates', id] as const,
};

/** The built-in ones come with the first page. */
export const templatesQuery = infiniteQueryOptions({
  queryKey: templateKeys.list,
  queryFn: ({ pageParam, signal }) => api.get<Page<TemplateSummary>>('/templates', { query: { limit: 50, cursor: pageParam }, signal }),
  initialPageParam: null as string | null,
  getNextPageParam: (last) => last.next_cursor,
});

export const templateQuery = (id: number) => queryOptions({ queryKey: templateKeys.one(id), queryFn: ({ signal }) => api.get<Template>(`/templates/${id}`, { signal }) });

function useTemplateChange<Input, Answer>(change: (input: Input) => Promise<Answer>) {
  const client = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => client.invalidateQueries({ queryKey: templateKeys.all }) });
}

export const useSaveTemplate = () => useTemplateChange((template: TemplateRequest) => api.post<Template>('/templates', template, { idempotencyKey: newKey() }));

export const useReplaceTemplate = () =>
  useTemplateChange(({ id, version, template }: { id: number; version: number; template: TemplateRequest }) => api.put<Template>(`/templates/${id}`, template, { ifMatch: version }));

export const useDeleteTemplate = () => useTemplateChange((id: number) => api.delete(`/templates/${id}`));

export const exportTemplate = (id: number) => api.get<TemplateFile>(`/templates/${id}/export`);

/** What of a template is said when it is saved again: its name aside, nothing changes. */
export const asRequest = ({ name, description, pipelines, graph }: Template): TemplateRequest => ({ name, description, pipelines, graph });
