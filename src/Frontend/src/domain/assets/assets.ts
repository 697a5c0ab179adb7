import { infiniteQueryOptions, queryOptions, skipToken } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import { upload } from '@/api/upload';
import type { Asset, UploadAnswer } from '@/domain/api';

export type AssetFilter = Partial<Pick<Asset, 'type' | 'source'>>;

export const assetsQuery = (filter: AssetFilter) =>
  infiniteQueryOptions({
    queryKey: ['assets', 'list', filter],
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
