import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { readView, type LibraryView } from './filter';

/** What is shown, kept in the address. `set` puts one thing, or takes it off with undefined. */
export function useLibraryView() {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const key = JSON.stringify(readView(search));
  const view = useMemo(() => JSON.parse(key) as LibraryView, [key]);
  const show = useCallback((next: LibraryView) => void navigate({ to: '.', search: next as never, replace: true }), [navigate]);
  const set = useCallback(
    (patch: { [Name in keyof LibraryView]?: LibraryView[Name] | undefined }) => {
      const next = { ...view, ...patch };
      show(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== undefined && value !== '')) as LibraryView);
    },
    [view, show],
  );
  return { view, show, set };
}
