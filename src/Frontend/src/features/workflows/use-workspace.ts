import { useQuery } from '@tanstack/react-query';
import { sessionQuery } from '@/domain/session/session';

/** Whose drafts are at hand. A session that has just run out is still the same person's. */
export function useWorkspace(): number {
  const session = useQuery(sessionQuery).data;
  return Number(session?.workspace?.id ?? session?.expired?.workspace?.id ?? 0);
}
