import { lazy, Suspense } from 'react';
import { PlaygroundPage as Playground } from '@/features/playground/playground-page';
import { useTour } from '@/features/tour/tour-store';

const Tour = lazy(() => import('@/features/tour/tour').then((module) => ({ default: module.Tour })));

/** The playground, with the tour over it while somebody takes it. */
export function PlaygroundPage() {
  const touring = useTour() === 'running';
  return (
    <Playground
      guide={(run) =>
        touring && (
          <Suspense>
            <Tour run={run} />
          </Suspense>
        )
      }
    />
  );
}
