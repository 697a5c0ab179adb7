import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { Suspense } from 'react';
import { late } from '@/ui/late';
import { describeError, OfflineError } from '@/api/problem';
import { sessionQuery } from '@/domain/session/session';
import { Logo } from '@/ui/logo';
import { LoadError } from '@/ui/states';
import { Shell } from './shell/shell';
import { SignInPage } from './sign-in';

const SessionDialog = late(() => import('@/features/session/session-dialog'), 'SessionDialog');

export function Root() {
  const { data, error, isPending, fetchStatus, refetch } = useQuery(sessionQuery);
  if (isPending && fetchStatus !== 'paused') {
    return <Loading />;
  }
  if (data === undefined) {
    return (
      <main className="grid h-dvh">
        <LoadError title="Pipeline is not answering" message={describeError(error ?? new OfflineError())} onRetry={() => void refetch()} />
      </main>
    );
  }
  const session = data.signed_in ? data : data.expired;
  if (session === null) {
    return (
      <Suspense fallback={<Loading />}>
        <SignInPage session={data} />
      </Suspense>
    );
  }
  return (
    <>
      {/* Another workspace is another app. */}
      <Shell key={session.workspace?.id} session={session}>
        <Outlet />
      </Shell>
      {!data.signed_in && (
        <Suspense>
          <SessionDialog session={data} />
        </Suspense>
      )}
    </>
  );
}

function Loading() {
  return (
    <div className="grid h-dvh place-items-center" role="status" aria-label="Loading">
      <Logo className="w-12 animate-pulse-soft" />
    </div>
  );
}
