import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import type { ReactNode } from 'react';
import { IconButton } from '@/ui/button';

interface SideRailProps {
  open: boolean;
  onOpen: (open: boolean) => void;
  children: ReactNode;
}

/** Models and settings at the left, which fold away to leave the room to the photos. */
export function SideRail({ open, onOpen, children }: SideRailProps) {
  if (!open) {
    return (
      <aside aria-label="Models and settings" className="shrink-0 border-r border-line bg-panel p-2">
        <IconButton label="Show models and settings" aria-expanded={false} onClick={() => onOpen(true)}>
          <PanelLeftOpen className="size-4.5" />
        </IconButton>
      </aside>
    );
  }
  return (
    <aside aria-label="Models and settings" className="flex w-76 shrink-0 flex-col gap-4.5 overflow-y-auto border-r border-line bg-panel p-5 max-xl:w-66">
      <div className="-mt-2 -mr-2 -mb-4 flex items-center">
        <h2 className="flex-1 text-label text-ink-3">How it is made</h2>
        <IconButton small label="Hide models and settings" aria-expanded onClick={() => onOpen(false)}>
          <PanelLeftClose className="size-4.5" />
        </IconButton>
      </div>
      {children}
    </aside>
  );
}
