import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Estimate } from '@/domain/api';
import { overWords } from '@/domain/costs/budget';
import { useLimits } from '@/domain/costs/use-limits';

export function OverBudget({ estimate, children }: { estimate: Estimate; children: ReactNode }) {
  const words = overWords(useLimits(estimate));
  if (words === null) return children;
  return (
    <>
      <TriangleAlert aria-hidden="true" className="mr-1 inline size-3.5 align-[-2px]" strokeWidth={2.5} />
      {words}
    </>
  );
}
