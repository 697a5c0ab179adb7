import { lazy, Suspense, useState, type ReactNode } from 'react';
import type { Session } from '@/domain/api';
import { useHotkey } from '@/ui/use-hotkey';
import { BottomBar } from './bottom-bar';
import { QueueFooter } from './queue-footer';
import { TopBar } from './top-bar';

const HelpDialog = lazy(() => import('./help-dialog').then((module) => ({ default: module.HelpDialog })));
const ShortcutsDialog = lazy(() => import('./shortcuts-dialog').then((module) => ({ default: module.ShortcutsDialog })));

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [open, setOpen] = useState<'help' | 'shortcuts' | null>(null);
  const close = () => setOpen(null);
  useHotkey('?', () => setOpen('shortcuts'));
  useHotkey('h', () => setOpen('help'));
  return (
    <div className="grid h-dvh grid-rows-[56px_minmax(0,1fr)_auto] overflow-hidden">
      <a href="#main" className="sr-only z-70 rounded-c bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the content
      </a>
      <TopBar session={session} onHelp={() => setOpen('help')} />
      <div id="main" className="flex min-h-0 min-w-0">
        {children}
      </div>
      <QueueFooter onShortcuts={() => setOpen('shortcuts')} onHelp={() => setOpen('help')} />
      <BottomBar />
      {open && (
        <Suspense>
          {open === 'help' ? <HelpDialog onClose={close} /> : <ShortcutsDialog open onClose={close} />}
        </Suspense>
      )}
    </div>
  );
}
