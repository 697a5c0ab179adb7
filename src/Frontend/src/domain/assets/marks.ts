import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import { describeError } from '@/api/problem';
import type { Asset, Collection, DeletionAnswer, EmptiedAnswer, Marks } from '@/domain/api';
import { count } from '@/domain/count';
import { toast } from '@/ui/toast';
import { without, type AssetIndex } from './asset-index';
import { inParts } from './download';
import { assetIndexQuery, libraryKeys, patchRecords, type LibraryFilter } from './library';

export type Marking = Omit<Marks, 'ids'>;

/** An asset as it is once it is marked. */
export function marked(asset: Asset, { star, rating, add_tags, remove_tags, add_to, remove_from }: Marking): Asset {
  const tags = [...new Set([...asset.tags, ...(add_tags ?? [])])].filter((tag) => !remove_tags?.includes(tag));
  const collections = [...new Set([...asset.collections, ...(add_to ?? [])])].filter((id) => !remove_from?.includes(id));
  return { ...asset, starred: star ?? asset.starred, rating: rating === undefined || rating === null ? asset.rating : rating || null, tags: tags.sort(), collections };
}

/** Whether what a filter leaves, or its order, can change by a mark. */
const followsMarks = (filter: LibraryFilter | undefined, sort: unknown) =>
  sort === 'rating' || filter?.starred !== undefined || filter?.min_rating !== undefined || filter?.tag !== undefined || filter?.collection_id !== undefined;

/** Star, rating, tags and collections: seen at once, put right when the answer is no. */
export function useMarkAssets() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async ({ ids, marks }: { ids: readonly number[]; marks: Marking }) => {
      for (const part of inParts(ids)) await api.put('/assets', { ids: part, ...marks });
    },
    onMutate: ({ ids, marks }) => patchRecords(client, ids, (asset) => marked(asset, marks)),
    onError: (error) => {
      toast.bad('It was not changed', describeError(error));
      void client.invalidateQueries({ queryKey: libraryKeys.records });
    },
    onSettled: () => {
      void client.invalidateQueries({ queryKey: libraryKeys.facets });
      void client.invalidateQueries({ queryKey: libraryKeys.collections });
      void client.invalidateQueries({ queryKey: libraryKeys.index, predicate: ({ queryKey }) => followsMarks(queryKey[2] as LibraryFilter | undefined, queryKey[3]) });
    },
  });
}

const refresh = (client: ReturnType<typeof useQueryClient>) => {
  void client.invalidateQueries({ queryKey: ['assets'] });
  void client.invalidateQueries({ queryKey: libraryKeys.collections });
};

export function useRestoreAssets() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly number[]) => {
      for (const part of inParts(ids)) await api.post('/assets/restore', { ids: part });
    },
    onSuccess: (_, ids) => toast.good(`${count(ids.length, 'item')} restored`),
    onError: (error) => toast.bad('They were not restored', describeError(error)),
    onSettled: () => refresh(client),
  });
}

/** Into the trash, with a way back for as long as the toast is there. */
export function useTrashAssets() {
  const client = useQueryClient();
  const restore = useRestoreAssets();
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
    onSuccess: ({ deleted, kept }) => {
      const gone = new Set(deleted);
      client.setQueriesData<AssetIndex>({ queryKey: libraryKeys.index, predicate: ({ queryKey }) => !(queryKey[2] as LibraryFilter | undefined)?.trashed }, (index) => index && without(index, gone));
      if (deleted.length > 0) toast.good(`${count(deleted.length, 'item')} moved to the trash`, { action: { label: 'Undo', run: () => restore.mutate(deleted) } });
      if (kept.length > 0) toast.bad(`${count(kept.length, 'item')} kept`, kept[0]?.message);
    },
    onError: (error) => toast.bad('They were not deleted', describeError(error)),
    onSettled: () => refresh(client),
  });
}

/** Out of the trash for good: all of it, or some. */
export function useEmptyTrash() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: async (ids: readonly number[] | null) => {
      let removed = 0;
      let kept = 0;
      const one = async (part: readonly number[] | null) => {
        const answer = await api.post<EmptiedAnswer>('/assets/trash/empty', part && { ids: part });
        removed += answer.removed;
        kept += answer.kept.length;
        return answer;
      };
      if (ids) for (const part of inParts(ids)) await one(part);
      else for (let answer = await one(null); answer.removed > 0 && answer.left > 0; ) answer = await one(null);
      return { removed, kept };
    },
    onSuccess: ({ removed, kept }) => {
      toast.good(`${count(removed, 'item')} removed for good`);
      if (kept > 0) toast.bad(`${count(kept, 'item')} kept`, 'A run that is not finished needs them.');
    },
    onError: (error) => toast.bad('The trash was not emptied', describeError(error)),
    onSettled: () => refresh(client),
  });
}

export function useCollectionChanges() {
  const client = useQueryClient();
  const onSettled = () => {
    void client.invalidateQueries({ queryKey: libraryKeys.collections });
    void client.invalidateQueries({ queryKey: libraryKeys.facets });
  };
  const create = useMutation({ mutationFn: (name: string) => api.post<Collection>('/collections', { name }), onSettled });
  const rename = useMutation({ mutationFn: ({ id, name }: { id: number; name: string }) => api.put<Collection>(`/collections/${id}`, { name }), onSettled });
  /** Answers with what lay in it, for the way back. */
  const remove = useMutation({
    mutationFn: async (id: number) => {
      const { ids } = await client.fetchQuery(assetIndexQuery({ collection_id: id }, 'newest'));
      await api.delete(`/collections/${id}`);
      return [...ids];
    },
    onSettled,
  });
  /** A collection that was deleted, made anew with what lay in it. */
  const bringBack = useMutation({
    mutationFn: async ({ name, ids }: { name: string; ids: readonly number[] }) => {
      const { id } = await api.post<Collection>('/collections', { name });
      for (const part of inParts(ids)) await api.put('/assets', { ids: part, add_to: [id] });
      return id;
    },
    onSettled: () => {
      onSettled();
      void client.invalidateQueries({ queryKey: libraryKeys.records });
    },
  });
  return { create, rename, remove, bringBack };
}
