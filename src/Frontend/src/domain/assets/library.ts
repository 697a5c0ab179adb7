import { queryOptions, skipToken, type QueryClient } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import type { Asset, AssetFacets, AssetIndexAnswer, Collection, Lineage } from '@/domain/api';
import { joinParts, type AssetIndex } from './asset-index';

export type LibrarySort = 'newest' | 'oldest' | 'rating' | 'cost' | 'name';

/** What of the library is shown; what is absent does not filter. */
export interface LibraryFilter {
  type?: 'image' | 'video';
  source?: 'uploaded' | 'generated';
  model?: string;
  pipeline_id?: number;
  min_rating?: number;
  starred?: boolean;
  tag?: string;
  collection_id?: number;
  from?: string;
  to?: string;
  /** An asset it was made of. */
  made_from?: number;
  q?: string;
  trashed?: boolean;
}

export const libraryKeys = {
  index: ['assets', 'index'] as const,
  facets: ['assets', 'facets'] as const,
  records: ['assets', 'records'] as const,
  collections: ['collections'] as const,
};

/** Everything that the filter leaves, in order and in brief. */
export const assetIndexQuery = (filter: LibraryFilter, sort: LibrarySort) =>
  queryOptions({
    queryKey: [...libraryKeys.index, filter, sort],
    queryFn: async ({ signal }): Promise<AssetIndex> => {
      const parts: AssetIndexAnswer[] = [];
      let cursor: string | null = null;
      do {
        const part: AssetIndexAnswer = await api.get<AssetIndexAnswer>('/assets/index', { query: { ...filter, sort, cursor }, signal });
        parts.push(part);
        cursor = part.next_cursor;
      } while (cursor !== null);
      return joinParts(parts);
    },
    // A hundred thousand entries are not compared one by one.
    structuralSharing: false,
    // Somebody who comes back to the window finds what they looked at where it was; what is new is told apart.
    refetchOnWindowFocus: false,
    staleTime: 20_000,
    gcTime: 60_000,
  });

/** As much as is looked through for what is new. */
export const mostNews = 500;

/** The newest that the filter leaves. */
export const newestAssets = async (filter: LibraryFilter): Promise<AssetIndex> =>
  joinParts([await api.get<AssetIndexAnswer>('/assets/index', { query: { ...filter, sort: 'newest', limit: mostNews } })]);

export const facetsQuery = (filter: LibraryFilter) =>
  queryOptions({
    queryKey: [...libraryKeys.facets, filter],
    queryFn: ({ signal }) => api.get<AssetFacets>('/assets/facets', { query: { ...filter }, signal }),
    staleTime: 20_000,
  });

/** Records of a window of the index. */
export const recordsQuery = (ids: readonly number[]) =>
  queryOptions({
    queryKey: [...libraryKeys.records, ids.join(' ')],
    queryFn: async ({ signal }) => (await api.get<Page<Asset>>(`/assets?${ids.map((id) => `ids=${id}`).join('&')}`, { signal })).data,
    staleTime: 60_000,
    gcTime: 60_000,
  });

export const collectionsQuery = queryOptions({
  queryKey: libraryKeys.collections,
  queryFn: async ({ signal }) => (await api.get<{ data: Collection[] }>('/collections', { signal })).data,
});

/** Where an asset comes from and what was made of it. */
export const lineageQuery = (id: number | null) =>
  queryOptions({
    queryKey: ['assets', 'lineage', id],
    queryFn: id === null ? skipToken : ({ signal }) => api.get<Lineage>(`/assets/${id}/lineage`, { signal }),
    staleTime: 10_000,
  });

/** Changes records where they are known, so that a mark is seen at once. */
export function patchRecords(client: QueryClient, ids: readonly number[], change: (asset: Asset) => Asset): void {
  const meant = new Set(ids);
  client.setQueriesData<Asset[]>({ queryKey: libraryKeys.records }, (rows) => rows?.map((row) => (meant.has(row.id) ? change(row) : row)));
}
