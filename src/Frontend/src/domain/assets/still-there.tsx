import { useQuery } from '@tanstack/react-query';
import { ImageOff, Trash2 } from 'lucide-react';
import { ProblemError } from '@/api/problem';
import { api } from '@/api/client';
import type { Asset } from '@/domain/api';
import { cn } from '@/ui/cn';

export type FileState = 'there' | 'trashed' | 'removed';

/** What became of a file that is being looked at; asked again when somebody comes back to the window. */
export function useFileState(assetId: number | null): FileState {
  const { data, error } = useQuery({
    queryKey: ['assets', 'state', assetId],
    queryFn: ({ signal }) => api.get<Asset>(`/assets/${assetId}`, { signal }),
    enabled: assetId !== null,
    retry: false,
    staleTime: 2_000,
    refetchInterval: 15_000,
  });
  if (error instanceof ProblemError && error.status === 404) return 'removed';
  return data?.deleted_at ? 'trashed' : 'there';
}

/** Says so where a file is in the trash, or not there any more; nothing otherwise. */
export function FileNote({ state, className }: { state: FileState; className?: string }) {
  if (state === 'there') return null;
  const Icon = state === 'trashed' ? Trash2 : ImageOff;
  return (
    <span role="status" className={cn('inline-flex items-center gap-1.5 rounded-m bg-shade px-2 py-1 text-small text-white', className)}>
      <Icon className="size-3.5" aria-hidden="true" />
      {state === 'trashed' ? 'In the trash' : 'Not there any more'}
    </span>
  );
}
