import { useQuery } from '@tanstack/react-query';
import type { Estimate } from '@/domain/api';
import { useDraft } from '@/domain/draft/draft-store';
import { modelsQuery } from '@/domain/models/list-models';
import { budgetQuery, limitsOf, type Limit } from './budget';

/** The limits that the run being set up meets. */
export function useLimits(estimate: Estimate): Limit[] {
  const { budget } = useDraft();
  const month = useQuery(budgetQuery).data;
  const models = useQuery(modelsQuery).data;
  return models ? limitsOf(estimate, budget, month, models) : [];
}
