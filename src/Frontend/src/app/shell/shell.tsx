import { Suspense, useRef, useState, type ReactNode } from 'react';
import { late } from '@/ui/late';
import type { Session } from '@/domain/api';
import { useHotkey } from '@/ui/use-hotkey';
import { BottomBar } from './bottom-bar';
import { QueueFooter } from './queue-footer';
import { TopBar } from './top-bar';

const HelpDialog = late(() => import('./help-dialog'), 'HelpDialog');
const ShortcutsDialog = late(() => import('./shortcuts-dialog'), 'ShortcutsDialog');
const ShellExtras = late(() => import('./shell-extras'), 'ShellExtras');

export function Shell({ session, children }: { session: Session; children: ReactNode }) {
  const [open, setOpen] = useState<'help' | 'shortcuts' | null>(null);
  const main = useRef<HTMLDivElement>(null);
  const close = () => setOpen(null);
  useHotkey('?', () => setOpen('shortcuts'));
  useHotkey('h', () => setOpen('help'));
  return (
    <div className="grid h-dvh grid-cols-[minmax(0,1fr)] grid-rows-[56px_minmax(0,1fr)_auto] overflow-hidden">
      <a href="#main" className="sr-only z-70 rounded-c bg-accent px-4 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2">
        Skip to the content
      </a>
      <TopBar session={session} onHelp={() => setOpen('help')} />
      <div ref={main} id="main" className="flex min-h-0 min-w-0">
        {children}
      </div>
      {/* One row whatever is in it, so that the page above never moves, it only ends sooner. */}
      <div>
        <Suspense>
          <ShellExtras main={main} />
        </Suspense>
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
