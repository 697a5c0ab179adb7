import { Tabs } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from './cn';

interface ModeTabsProps<T extends string> {
  label: string;
  value: T;
  tabs: readonly { value: T; label: string; icon: ReactNode }[];
  onChange: (value: T) => void;
  className?: string;
  /** Stands left of the tabs, on the same line. */
  heading?: ReactNode;
  children: ReactNode;
}

/** Tabs over one shared panel, which the caller renders for the chosen tab. */
export function ModeTabs<T extends string>({ label, value, tabs, onChange, className, heading, children }: ModeTabsProps<T>) {
  return (
    <Tabs.Root value={value} onValueChange={(next) => onChange(next as T)} className={className}>
      <div className="flex shrink-0 items-center gap-3.5">
      {heading}
      <Tabs.List aria-label={label} className="ml-auto flex gap-0.5 rounded-[11px] border border-line bg-surface p-0.75 max-lg:flex-1">
        {tabs.map((tab) => (
          <Tabs.Trigger
            key={tab.value}
            value={tab.value}
            className={cn(
              'flex h-8 flex-1 items-center justify-center gap-1.75 rounded-m border border-transparent px-3.25 text-label whitespace-nowrap text-ink-2 transition-colors hover:text-ink touch-target max-lg:h-11',
              'data-[state=active]:border-line-2 data-[state=active]:bg-raised data-[state=active]:text-ink data-[state=active]:shadow-1',
            )}
          >
            {tab.icon}
            {tab.label}
          </Tabs.Trigger>
        ))}
      </Tabs.List>
      </div>
      <Tabs.Content value={value} className="contents">
        {children}
      </Tabs.Content>
    </Tabs.Root>
  );
}
