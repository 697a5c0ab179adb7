import { Suspense, type ReactNode } from 'react';
import { late } from '@/ui/late';
import type { Estimate } from '@/domain/api';
import { Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';

const CostTree = late(() => import('./cost-tree'), 'CostTree');
const OverBudget = late(() => import('./over-budget'), 'OverBudget');

interface CostPanelProps {
  estimate: Estimate | undefined;
  stale: boolean;
  waitingFor: string | null;
  simulated: boolean;
}

/** What the run costs, line by line, before anything is made. */
export function CostPanel({ estimate, stale, waitingFor, simulated }: CostPanelProps) {
  const skeleton = (
    <div className="flex flex-col gap-3">
      <Skeleton className="h-9" />
      <Skeleton className="h-9" />
      <Skeleton className="h-12" />
    </div>
  );
  return (
    <section aria-label="Cost estimate" aria-busy={stale} className="flex flex-col gap-4">
      <header className="flex items-center">
        <h2 className="text-head">This run</h2>
        <Tag tone="dashed" className="ml-auto">
          Estimate
        </Tag>
      </header>
      {waitingFor !== null ? (
        <p className="text-ink-3">{waitingFor}</p>
      ) : estimate === undefined ? (
        skeleton
      ) : (
        <Suspense fallback={skeleton}>
          <CostTree estimate={estimate} stale={stale} simulated={simulated} />
        </Suspense>
      )}
    </section>
  );
}

/** What a run makes, as its button says it, or that it goes past a budget. */
export function ScopeWithin({ estimate, children }: { estimate: Estimate; children: ReactNode }) {
  return (
    <Suspense fallback={children}>
      <OverBudget estimate={estimate}>{children}</OverBudget>
    </Suspense>
  );
}
