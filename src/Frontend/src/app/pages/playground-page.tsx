import { Suspense } from 'react';
import { late } from '@/ui/late';
import { PlaygroundPage as Playground } from '@/features/playground/playground-page';
import { useTour } from '@/features/tour/tour-store';

const Tour = late(() => import('@/features/tour/tour'), 'Tour');

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
