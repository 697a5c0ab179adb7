import { useQuery } from '@tanstack/react-query';
import { Outlet } from '@tanstack/react-router';
import { lazy, Suspense } from 'react';
import { describeError } from '@/api/problem';
import { sessionQuery } from '@/domain/session/session';
import { Logo } from '@/ui/logo';
import { LoadError } from '@/ui/states';
import { Shell } from './shell/shell';

const SignInPage = lazy(() => import('@/features/session/sign-in-page').then((module) => ({ default: module.SignInPage })));

export function Root() {
  const session = useQuery(sessionQuery);
  if (session.isPending) {
    return (
      <div className="grid h-dvh place-items-center" role="status" aria-label="Loading">
        <Logo className="w-12 animate-pulse-soft" />
      </div>
    );
  }
  if (session.data === undefined) {
    return (
      <main className="grid h-dvh">
        <LoadError title="Pipeline is not answering" message={describeError(session.error)} onRetry={() => void session.refetch()} />
      </main>
    );
  }
  if (!session.data.signed_in) {
    return (
      <Suspense>
        <SignInPage session={session.data} />
      </Suspense>
    );
  }
  return (
    <Shell session={session.data}>
      <Outlet />
    </Shell>
  );
}
