import { useQuery } from '@tanstack/react-query';
import { assetQuery } from '@/domain/assets/assets';
import { thumbnailUrl } from '@/domain/assets/urls';

/** A source at the head of its row: what it is called, and how many of its outputs are picked. */
export function SourceHead({ assetId, index, picked, of }: { assetId: number | null; index: number | null; picked: number; of: number }) {
  const name = useSourceName(assetId, index);
  return (
    <span className="flex w-21 shrink-0 flex-col gap-1.5">
      {assetId !== null && <img src={thumbnailUrl(assetId)} alt="" className="size-16 rounded-m bg-well object-cover" />}
      <span className="text-label break-words text-ink">
        {name}
        <span className="block text-small text-ink-3">
          {picked} of {of}
        </span>
      </span>
    </span>
  );
}

export function useSourceName(assetId: number | null, index: number | null): string {
  const { data } = useQuery(assetQuery(assetId));
  const named = data?.name?.replace(/\.[a-z0-9]{2,5}$/i, '');
  return named || (index === null ? 'Every photo' : `Photo ${index + 1}`);
}
