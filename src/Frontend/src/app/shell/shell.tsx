import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Session } from '@/domain/api';
import { useHotkey } from '@/ui/use-hotkey';
import { BottomBar } from './bottom-bar';
import { QueueFooter } from './queue-footer';
import { TopBar } from './top-bar';

const ShortcutsDialog = lazy(() => import('./shortcuts-dialog').then((module) => ({ default: module.ShortcutsDialog })));

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [shortcuts, setShortcuts] = useState(false);
  useHotkey('?', () => setShortcuts(true));
  return (
    <div className="grid h-dvh grid-rows-[56px_minmax(0,1fr)_auto] overflow-hidden">
      <a href="#main" className="sr-only z-70 rounded-c bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the content
      </a>
      <TopBar session={session} />
      <div id="main" className="flex min-h-0 min-w-0">
        {children}
      </div>
      <QueueFooter onShortcuts={() => setShortcuts(true)} />
      <BottomBar />
      {shortcuts && (
        <Suspense>
          <ShortcutsDialog open onClose={() => setShortcuts(false)} />
        </Suspense>
      )}
    </div>
  );
}
