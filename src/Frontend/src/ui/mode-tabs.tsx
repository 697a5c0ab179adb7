import { useId, type KeyboardEvent, type ReactNode } from 'react';
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

/** Tabs over one shared panel, which the caller renders for the chosen tab. Arrow keys move and choose. */
export function ModeTabs<T extends string>({ label, value, tabs, onChange, className, heading, children }: ModeTabsProps<T>) {
  const id = useId();
  const onKey = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex((tab) => tab.value === value);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1 }[event.key];
    const next = to === undefined ? undefined : tabs.at(to % tabs.length);
    if (!next) return;
    event.preventDefault();
    onChange(next.value);
    event.currentTarget.querySelector<HTMLElement>(`#${CSS.escape(`${id}-${next.value}`)}`)?.focus();
  };
  return (
    <div className={className}>
      <div className="flex shrink-0 items-center gap-3.5">
        {heading}
        <div role="tablist" aria-label={label} tabIndex={-1} onKeyDown={onKey} className="ml-auto flex gap-0.5 rounded-[11px] border border-line bg-surface p-0.75 max-lg:flex-1">
          {tabs.map((tab) => (
            <button
              key={tab.value}
              type="button"
              id={`${id}-${tab.value}`}
              role="tab"
              aria-selected={tab.value === value}
              aria-controls={`${id}-panel`}
              tabIndex={tab.value === value ? 0 : -1}
              onClick={() => onChange(tab.value)}
              className={cn(
                'flex h-8 flex-1 items-center justify-center gap-1.75 rounded-m border border-transparent px-3.25 text-label whitespace-nowrap text-ink-2 transition-colors hover:text-ink touch-target max-lg:h-11',
                'aria-selected:border-line-2 aria-selected:bg-raised aria-selected:text-ink aria-selected:shadow-1',
              )}
            >
              {tab.icon}
              {tab.label}
            </button>
          ))}
        </div>
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${value}`} className="contents">
        {children}
      </div>
    </div>
  );
}
