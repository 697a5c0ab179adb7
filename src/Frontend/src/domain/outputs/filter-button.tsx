import { Check, ListFilter, X } from 'lucide-react';
import { grouped } from '@/domain/count';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Popover } from '@/ui/popover';

export interface FilterOption {
  value: string;
  label: string;
  /** How many there are; null where that is not known. */
  count: number | null;
}

export interface FilterGroup {
  name: string;
  options: readonly FilterOption[];
  /** Null: any. */
  value: string | null;
  onChange: (value: string | null) => void;
}

const chip = 'inline-flex h-7.5 items-center gap-1.5 rounded-full border px-2.75 text-label whitespace-nowrap transition-colors max-lg:h-11 max-lg:px-4';

/** Opens the filters, each a chip with how many it leaves. Pressing the one that is on takes it off. */
export function FilterButton({ groups }: { groups: readonly FilterGroup[] }) {
  const on = groups.filter((group) => group.value !== null).length;
  return (
    <Popover
      label="Filters"
      align="end"
      className="flex w-84 max-w-[calc(100vw-24px)] flex-col gap-4 p-4"
      trigger={
        <Button small aria-label={on === 0 ? 'Filter' : `Filter, ${on} on`}>
          <ListFilter className="size-4" />
          Filter
          {on > 0 && <b className="font-semibold text-accent-ink">{on}</b>}
        </Button>
      }
    >
      {groups.map((group) => (
        <section key={group.name} role="group" aria-label={group.name} className="flex flex-col gap-2">
          <h3 className="text-label text-ink-2">{group.name}</h3>
          {group.options.length === 0 ? (
            <p className="text-small text-ink-3">Nothing to choose from yet.</p>
          ) : (
            <div className="flex max-h-48 flex-wrap gap-1.5 overflow-y-auto p-0.5">
              {group.options.map(({ value, label, count }) => {
                const isOn = group.value === value;
                return (
                  <button
                    key={value}
                    type="button"
                    aria-pressed={isOn}
                    onClick={() => group.onChange(isOn ? null : value)}
                    className={cn(chip, isOn ? 'border-accent-line bg-accent-soft text-ink' : 'border-line-2 text-ink-2 hover:border-control hover:text-ink')}
                  >
                    {isOn && <Check className="size-3.5" strokeWidth={2.5} />}
                    {label}
                    {count !== null && <span className="font-[450] text-ink-3">{grouped(count)}</span>}
                  </button>
                );
              })}
            </div>
          )}
        </section>
      ))}
    </Popover>
  );
}

/** What is filtered by, each to be taken off, all of it in one press. */
export function ActiveFilters({ groups, onClear }: { groups: readonly FilterGroup[]; onClear: () => void }) {
  const on = groups.filter((group) => group.value !== null);
  if (on.length === 0) return null;
  return (
    <div role="group" aria-label="Filters that are on" className="flex flex-wrap items-center gap-1.5">
      {on.map((group) => {
        const label = group.options.find(({ value }) => value === group.value)?.label ?? group.value;
        return (
          <button key={group.name} type="button" aria-label={`Remove the filter ${group.name}: ${label ?? ''}`} onClick={() => group.onChange(null)} className={cn(chip, 'border-accent-line bg-accent-soft text-ink hover:border-control')}>
            {label}
            <X className="size-3.5" />
          </button>
        );
      })}
      <Button small look="ghost" onClick={onClear}>
        Clear filters
      </Button>
    </div>
  );
}
