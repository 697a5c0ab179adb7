import { keepPreviousData, queryOptions, skipToken, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import { newKey } from '@/api/new-key';
import type { Sheet, SheetField, SheetRequest, SheetRun, SheetSummary } from '@/domain/api';
import { pipelineKeys } from '@/domain/pipelines/queries';

export const sheetFields: readonly { field: SheetField; label: string; hint: string }[] = [
  { field: 'image', label: 'Picture', hint: 'file name, id or address' },
  { field: 'prompt', label: 'Prompt', hint: 'needed in every row' },
  { field: 'model', label: 'Model', hint: 'in place of the one chosen here' },
  { field: 'seed', label: 'Seed', hint: 'whole number' },
  { field: 'name', label: 'Name', hint: 'comes back with the results' },
];

export const resultUrl = (id: number, format: 'csv' | 'xlsx') => `/sheets/${id}/result?format=${format}`;

const sheetListKey = ['sheets'] as const;

/** The sheet that runs came from, if they came from one that is still there. */
export const sheetOfGroupQuery = (group: string) =>
  queryOptions({
    queryKey: [...sheetListKey, group],
    queryFn: async ({ signal }) => (await api.get<Page<SheetSummary>>('/sheets', { query: { run_group_id: group, limit: 1 }, signal })).data[0] ?? null,
    staleTime: 60_000,
  });

/** The latest sheets. */
export const recentSheetsQuery = queryOptions({
  queryKey: sheetListKey,
  queryFn: async ({ signal }) => (await api.get<Page<SheetSummary>>('/sheets', { query: { limit: 5 }, signal })).data,
});

/** Reads a file as a sheet; nothing is spent. */
export function useUploadSheet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => {
      const form = new FormData();
      form.append('file', file);
      return api.post<Sheet>('/sheets/check', form);
    },
    onSuccess: (sheet) => {
      client.setQueryData(['sheet', sheet.id, {}], sheet);
      void client.invalidateQueries({ queryKey: sheetListKey });
    },
  });
}

/** The sheet with its faults, and what its good rows would make. @param seen changes when the library may have what was missing. */
export const sheetQuery = (id: number | null, request: SheetRequest, seen: number) =>
  queryOptions({
    queryKey: ['sheet', id, request, seen],
    queryFn: id === null ? skipToken : ({ signal }) => api.post<Sheet>(`/sheets/${id}/check`, request, { signal }),
    placeholderData: keepPreviousData,
    retry: false,
  });

export function useRunSheet() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, request }: { id: number; request: SheetRequest }) => api.post<SheetRun>(`/sheets/${id}/run`, request, { idempotencyKey: newKey() }),
    onSettled: () => Promise.all([client.invalidateQueries({ queryKey: pipelineKeys.all }), client.invalidateQueries({ queryKey: sheetListKey })]),
  });
}
