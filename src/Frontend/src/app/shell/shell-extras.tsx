import { useQueryClient } from '@tanstack/react-query';
import { useLocation, useNavigate } from '@tanstack/react-router';
import { useEffect, type RefObject } from 'react';
import { paths } from '@/domain/paths';
import { beginTour, endTour } from '@/features/tour/tour-draft';
import { TourOffer } from '@/features/tour/tour-offer';
import { tour, useTour } from '@/features/tour/tour-store';
import { PullToRefresh } from '@/ui/pull-to-refresh';
import { ConnectionBar } from './connection-bar';
import { QueueStrip } from './queue-strip';
import { RunToasts } from './run-toasts';

/** What stands around a page once it is there; loaded after it. */
export function ShellExtras({ main }: { main: RefObject<HTMLElement | null> }) {
  const client = useQueryClient();
  const { pathname } = useLocation();
  return (
    <>
      <ConnectionBar />
      <TourKeeper pathname={pathname} />
      <QueueStrip />
      <RunToasts />
      {/* The playground is worked on, not watched: a finger there means its photos. */}
      <PullToRefresh target={main} enabled={pathname !== paths.playground} onRefresh={() => client.refetchQueries({ type: 'active' })} />
    </>
  );
}

const offeredOn: readonly string[] = [paths.start, paths.playground];

function TourKeeper({ pathname }: { pathname: string }) {
  const state = useTour();
  const navigate = useNavigate();
  useEffect(() => {
    // The page of a run is where the tour leads; any other is a way out of it.
    if (state === 'running' && pathname !== paths.playground) endTour(pathname.startsWith(paths.run.replace('$id', '')));
  }, [state, pathname]);
  if (state !== 'new' || !offeredOn.includes(pathname)) return null;
  return <TourOffer onTake={() => void navigate({ to: paths.playground }).then(beginTour)} onDecline={tour.stop} />;
}
