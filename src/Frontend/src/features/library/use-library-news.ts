import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { joined, noAssets, reversed, unknownTo, type AssetIndex } from '@/domain/assets/asset-index';
import { assetIndexQuery, libraryKeys, mostNews, newestAssets, type LibraryFilter, type LibrarySort } from '@/domain/assets/library';
import { followFeed } from '@/domain/progress/progress-feed';

/** Milliseconds in which outputs that follow one another are looked for once. */
const calmMs = 1_500;
/** Counting every filter reads the whole library. */
const countsMs = 5_000;

interface NewsOptions {
  filter: LibraryFilter;
  sort: LibrarySort;
  /** What is shown; null while it is not yet what the filter leaves. */
  index: AssetIndex | null;
  enabled: boolean;
}

export interface LibraryNews {
  count: number;
  /** There may be more of them than were looked for. */
  more: boolean;
  /** Puts them into the list. */
  take: () => void;
}

/** What has been made since the list was read, as far as the filter leaves it. Runs tell when to look; nothing is asked while nothing is made. */
export function useLibraryNews({ filter, sort, index, enabled }: NewsOptions): LibraryNews {
  const client = useQueryClient();
  const [found, setFound] = useState<{ beside: AssetIndex; newest: AssetIndex } | null>(null);
  const latest = useRef({ filter, index });
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const counts = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  const lookSoon = useCallback(() => {
    const look = async () => {
      timer.current = undefined;
      const { filter, index } = latest.current;
      if (!index) return;
      try {
        const newest = await newestAssets(filter);
        // What was deleted meanwhile would pass for new.
        if (latest.current.index === index) setFound({ beside: index, newest });
        else timer.current ??= setTimeout(() => void look(), calmMs);
      } catch {
        // The next event, or the next visit, finds it.
      }
    };
    timer.current ??= setTimeout(() => void look(), calmMs);
  }, []);

  useEffect(() => {
    if (!enabled) return;
    const stop = followFeed('/events', null, {
      onState: (state) => state === 'live' && lookSoon(),
      onEvents: (events) => events.some((event) => event.event === 'output_ready' && event.data.output_type !== 'prompt') && lookSoon(),
    });
    const onShow = () => document.visibilityState === 'visible' && lookSoon();
    document.addEventListener('visibilitychange', onShow);
    return () => {
      stop();
      document.removeEventListener('visibilitychange', onShow);
      clearTimeout(timer.current);
      timer.current = undefined;
    };
  }, [enabled, lookSoon]);

  useEffect(() => {
    const before = latest.current.index;
    latest.current = { filter, index };
    // A list that was read again is looked at anew; the first one is fresh.
    if (enabled && index && before && before !== index) lookSoon();
  }, [filter, index, enabled, lookSoon]);

  useEffect(() => () => clearTimeout(counts.current), []);

  const fresh = useMemo(() => (enabled && index && found?.beside === index ? unknownTo(index, found.newest) : noAssets), [enabled, index, found]);
  const take = useCallback(() => {
    if (!index || fresh.length === 0) return;
    const { queryKey } = assetIndexQuery(filter, sort);
    const more = fresh.length >= mostNews;
    if (sort === 'newest' && !more) client.setQueryData<AssetIndex>(queryKey, joined(fresh, index));
    else if (sort === 'oldest' && !more) client.setQueryData<AssetIndex>(queryKey, joined(index, reversed(fresh)));
    else void client.invalidateQueries({ queryKey, exact: true });
    counts.current ??= setTimeout(() => {
      counts.current = undefined;
      void client.invalidateQueries({ queryKey: libraryKeys.facets });
    }, countsMs);
  }, [client, filter, sort, index, fresh]);
  return { count: fresh.length, more: fresh.length >= mostNews, take };
}
