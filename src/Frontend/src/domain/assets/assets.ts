import { infiniteQueryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import { upload } from '@/api/upload';
import type { Asset, DeletionAnswer, UploadAnswer } from '@/domain/api';

export type AssetFilter = Partial<Pick<Asset, 'type' | 'source'>> & { q?: string };

export const assetsQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ['assets', filter],
    queryFn: ({ pageParam, signal }) => api.get<Page<Asset>>('/assets', { query: { ...filter, limit: 100, cursor: pageParam }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next_cursor,
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
    mutationFn: (ids: readonly number[]) => api.post<DeletionAnswer>('/assets/delete', { ids }),
    onSettled: () => client.invalidateQueries({ queryKey: ['assets'] }),
  });
}
