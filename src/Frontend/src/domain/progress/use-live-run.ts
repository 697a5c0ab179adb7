import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useReducer, useRef, useState } from 'react';
import type { FeedEvent } from '@/domain/api';
import { pipelineKeys } from '@/domain/pipelines/queries';
import { followFeed, type FeedState } from './progress-feed';
import { applyEvents, isOver, nothingYet, reconcile, type LiveRun } from './progress-reducer';

/** Says which outputs an answer has described. */
type Fetched = Pick<ReadonlySet<number>, 'has'>;
type Action = { events: FeedEvent[] } | { fetched: Fetched };

const reduce = (state: LiveRun, action: Action) => ('events' in action ? applyEvents(state, action.events) : reconcile(state, action.fetched));

/** Milliseconds between two reads of what the feed only hints at: prompts, sizes, costs of single outputs. */
const refreshEveryMs = 1_200;

/**
 * The live state of one run. The feed is opened first and the run is read once it is open, so nothing falls between the two;
 * while events come, what was fetched is refreshed at a calm pace, and once more after the end.
 */
export function useLiveRun(id: number): { live: LiveRun; feed: FeedState; forget: (fetched: Fetched) => void } {
  const client = useQueryClient();
  const [live, dispatch] = useReducer(reduce, nothingYet);
  const [feed, setFeed] = useState<FeedState>('connecting');
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    // A read that takes longer than the pause between two is let finish, or it never would; the one after the end begins anew.
    const refresh = (anew = false) => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: pipelineKeys.one(id) }, { cancelRefetch: anew });
    };
    const stop = followFeed(`/pipelines/${id}/events`, null, {
      onState: (state) => {
        setFeed(state);
        if (state === 'live') refresh(true);
      },
      onEvents: (events) => {
        dispatch({ events });
        const ended = events.some((event) => event.event === 'pipeline_status' && (isOver(event.data.status) || event.data.status === 'paused'));
        if (ended) {
          clearTimeout(timer.current);
          refresh(true);
          void client.invalidateQueries({ queryKey: pipelineKeys.recent });
          void client.invalidateQueries({ queryKey: ['usage'] });
        } else {
          timer.current ??= setTimeout(refresh, refreshEveryMs);
        }
      },
    });
    return () => {
      clearTimeout(timer.current);
      timer.current = undefined;
      stop();
    };
  }, [client, id]);

  const [forget] = useState(() => (fetched: Fetched) => dispatch({ fetched }));
  return { live, feed, forget };
}
