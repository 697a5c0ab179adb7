import { infiniteQueryOptions, queryOptions, skipToken, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import { upload } from '@/api/upload';
import type { Asset, DeletionAnswer, UploadAnswer } from '@/domain/api';
import { inParts } from './download';

export type AssetFilter = Partial<Pick<Asset, 'type' | 'source'>> & {
  /** Id of the model that made it. */
  model?: string;
  /** Created at this time or later. */
  from?: string;
  q?: string;
};

export const assetsQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ['assets', filter],
    queryFn: ({ pageParam, signal }) => api.get<Page<Asset>>('/assets', { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
  });

/** `null` asks for nothing. */
export const assetQuery = (id: number | null) =>
  queryOptions({
    queryKey: ['assets', 'one', id],
    queryFn: id === null ? skipToken : ({ signal }) => api.get<Asset>(`/assets/${id}`, { signal }),
    staleTime: Infinity,
  });

/** @param onSent hears how many bytes have left so far. */
export function uploadAssets(files: readonly File[], onSent: (bytes: number) => void): Promise<UploadAnswer> {
  const form = new FormData();
  for (const file of files) form.append('files', file, file.name);
  return upload<UploadAnswer>('/assets', form, onSent);
}

export const importAssets = (urls: readonly string[]) => api.post<UploadAnswer>('/assets/import', { urls });

export function useDeleteAssets() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly number[]) => {
      const answer: DeletionAnswer = { deleted: [], kept: [] };
      for (const part of inParts(ids)) {
        const { deleted, kept } = await api.post<DeletionAnswer>('/assets/delete', { ids: part });
        answer.deleted.push(...deleted);
        answer.kept.push(...kept);
      }
      return answer;
    },
    onSettled: () => client.invalidateQueries({ queryKey: ['assets'] }),
  });
}
