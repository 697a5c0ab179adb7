import { useQuery } from '@tanstack/react-query';
import { api, type Page } from '@/api/client';
import type { Asset } from '@/domain/api';
import { useRestoreAssets } from '@/domain/assets/marks';
import type { ReviewStore } from './review-store';

export type FileState = 'there' | 'trashed' | 'removed';

/** Somebody may delete in another window what is looked at in this one; nothing tells of it. */
const askAgainMs = 10_000;

/** What became of the files of a few outputs while they are looked at. */
export function useFileStates(store: ReviewStore, shown: readonly number[]) {
  const assets = shown.map((id) => store.get(id)?.assetId ?? null).filter((asset) => asset !== null);
  const files = useQuery({
    queryKey: ['assets', 'states', assets],
    queryFn: async ({ signal }) => new Map((await api.get<Page<Asset>>(`/assets?${assets.map((asset) => `ids=${asset}`).join('&')}`, { signal })).data.map((asset) => [asset.id, asset.deleted_at !== null])),
    enabled: assets.length > 0,
    refetchInterval: askAgainMs,
    refetchOnWindowFocus: 'always',
    gcTime: 0,
  });
  const restoring = useRestoreAssets();
  const stateOf = (id: number): FileState => {
    const asset = store.get(id)?.assetId ?? null;
    if (asset === null) return 'removed';
    if (!files.data) return 'there';
    const trashed = files.data.get(asset);
    return trashed === undefined ? 'removed' : trashed ? 'trashed' : 'there';
  };
  return {
    stateOf,
    check: () => void files.refetch(),
    restore: (id: number) => {
      const asset = store.get(id)?.assetId ?? null;
      if (asset !== null) restoring.mutate([asset]);
    },
  };
}
