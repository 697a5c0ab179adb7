import { useQuery } from '@tanstack/react-query';
import { ArrowDownWideNarrow, Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { AssetFacets } from '@/domain/api';
import { grouped } from '@/domain/count';
import { modelsQuery } from '@/domain/models/list-models';
import { ActiveFilters, FilterButton, type FilterGroup } from '@/domain/outputs/filter-button';
import { LayoutSwitch, upright } from '@/domain/outputs/gallery-layout';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Popover, popoverItemClass } from '@/ui/popover';
import { Kbd } from '@/ui/tag';
import { useHotkey } from '@/ui/use-hotkey';
import { sorts, type LibraryView } from './filter';
import { spans } from './spans';

interface FilterBarProps {
  view: LibraryView;
  facets: AssetFacets | undefined;
  set: (patch: { [Name in keyof LibraryView]?: LibraryView[Name] | undefined }) => void;
  onClear: () => void;
}

/** Search, order and filters, each with how many it leaves. */
export function FilterBar({ view, facets, set, onClear }: FilterBarProps) {
  const catalog = useQuery(modelsQuery).data;
  const groups = groupsOf(view, facets, set, (id) => catalog?.find((model) => model.id === id)?.name ?? id);
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-center gap-3">
        <Words words={view.q ?? ''} onWords={(q) => set({ q: q || undefined })} />
        <SortButton view={view} set={set} />
        <span className="max-lg:hidden">
          <LayoutSwitch offered={upright} />
        </span>
      </div>
      <div className="flex flex-wrap items-center gap-1.5 max-lg:-mx-4 max-lg:flex-nowrap max-lg:overflow-x-auto max-lg:px-4 max-lg:pb-1">
        <div role="group" aria-label="Show" className="flex gap-1.5">
          <Chip label="Images" count={counted(facets?.types, 'image')} on={view.type === 'image'} onPress={(on) => set({ type: on ? 'image' : undefined })} />
          <Chip label="Videos" count={counted(facets?.types, 'video')} on={view.type === 'video'} onPress={(on) => set({ type: on ? 'video' : undefined })} />
          <Chip label="Uploads" count={counted(facets?.sources, 'uploaded')} on={view.source === 'uploaded'} onPress={(on) => set({ source: on ? 'uploaded' : undefined })} />
          <Chip label="Made here" count={counted(facets?.sources, 'generated')} on={view.source === 'generated'} onPress={(on) => set({ source: on ? 'generated' : undefined })} />
          <Chip label="Starred" count={facets?.starred} on={view.starred === true} onPress={(on) => set({ starred: on || undefined })} />
        </div>
        <FilterButton groups={groups} />
        <ActiveFilters groups={groups} onClear={onClear} />
      </div>
    </div>
  );
}

const counted = (facets: AssetFacets['types'] | undefined, value: string) => facets && (facets.find((facet) => facet.value === value)?.count ?? 0);

function groupsOf(view: LibraryView, facets: AssetFacets | undefined, set: FilterBarProps['set'], modelName: (id: string) => string): FilterGroup[] {
  const withOwn = (options: FilterGroup['options'], own: string | undefined, label: string | undefined) =>
    own === undefined || options.some(({ value }) => value === own) ? options : [{ value: own, label: label ?? own, count: 0 }, ...options];
  return [
    {
      name: 'Rating',
      options: (facets?.ratings ?? []).map(({ min_rating, count }) => ({ value: String(min_rating), label: min_rating === 5 ? '★ 5' : `★ ${min_rating}+`, count })),
      value: view.rating === undefined ? null : String(view.rating),
      onChange: (value) => set({ rating: value === null ? undefined : Number(value) }),
    },
    {
      name: 'Model',
      options: withOwn((facets?.models ?? []).map(({ value, count }) => ({ value, label: modelName(value), count })), view.model, view.model && modelName(view.model)),
      value: view.model ?? null,
      onChange: (value) => set({ model: value ?? undefined }),
    },
    {
      name: 'Run',
      options: withOwn((facets?.pipelines ?? []).map(({ pipeline_id, name, count }) => ({ value: String(pipeline_id), label: name ?? `Run ${pipeline_id}`, count })), view.run === undefined ? undefined : String(view.run), `Run ${view.run}`),
      value: view.run === undefined ? null : String(view.run),
      onChange: (value) => set({ run: value === null ? undefined : Number(value) }),
    },
    {
      name: 'Tag',
      options: withOwn((facets?.tags ?? []).map(({ value, count }) => ({ value, label: value, count })), view.tag, view.tag),
      value: view.tag ?? null,
      onChange: (value) => set({ tag: value ?? undefined }),
    },
    // Chosen beside a picture, not here; here it can be taken off.
    ...(view.from === undefined ? [] : [{ name: 'Made from', options: [{ value: String(view.from), label: 'Made from one picture', count: facets?.total ?? null }], value: String(view.from), onChange: () => set({ from: undefined }) }]),
    { name: 'Added', options: spans.map(({ value, label }) => ({ value, label, count: null })), value: view.added ?? null, onChange: (value) => set({ added: spans.find((span) => span.value === value)?.value }) },
  ];
}

const pauseMs = 250;

/** What is looked for; the address follows once typing pauses, and the field follows the address when something else changes it. */
function Words({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const field = useRef<HTMLInputElement>(null);
  const told = useRef(words);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const tell = useRef(onWords);
  useEffect(() => {
    tell.current = onWords;
  });
  useEffect(() => {
    if (words === told.current) return;
    told.current = words;
    clearTimeout(timer.current);
    if (field.current) field.current.value = words;
  }, [words]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const onType = (typed: string) => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      told.current = typed.trim();
      tell.current(typed.trim());
    }, pauseMs);
  };
  useHotkey('/', () => field.current?.focus());
  return (
    <label className="flex min-w-0 flex-1 items-center gap-2.5 rounded-c border border-control bg-surface px-3 focus-within:border-focus">
      <Search className="size-4 shrink-0 text-ink-3" />
      <input
        ref={field}
        type="search"
        aria-label="Search prompts and files"
        placeholder="Search prompts and files"
        defaultValue={words}
        maxLength={200}
        onChange={(event) => onType(event.target.value)}
        className="h-9.5 min-w-0 flex-1 bg-transparent text-body outline-none max-lg:h-11 max-lg:text-[16px]"
      />
      <span className="max-lg:hidden">
        <Kbd>/</Kbd>
      </span>
    </label>
  );
}

function SortButton({ view, set }: Pick<FilterBarProps, 'view' | 'set'>) {
  const [open, setOpen] = useState(false);
  const sort = view.sort ?? 'newest';
  const label = sorts.find(({ value }) => value === sort)?.label;
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Order"
      align="end"
      className="w-44 p-1.5"
      trigger={
        <Button aria-label={`Order: ${label ?? ''}`}>
          <ArrowDownWideNarrow className="size-4" />
          <span className="max-lg:sr-only">{label}</span>
        </Button>
      }
    >
      <div role="radiogroup" aria-label="Order">
        {sorts.map(({ value, label: name }) => (
          <button
            key={value}
            type="button"
            role="radio"
            aria-checked={value === sort}
            className={cn(popoverItemClass, value === sort && 'bg-accent-soft')}
            onClick={() => {
              set({ sort: value === 'newest' ? undefined : value });
              setOpen(false);
            }}
          >
            {name}
          </button>
        ))}
      </div>
    </Popover>
  );
}

function Chip({ label, count, on, onPress }: { label: string; count: number | undefined; on: boolean; onPress: (on: boolean) => void }) {
  return (
    <button
      type="button"
      aria-pressed={on}
      onClick={() => onPress(!on)}
      className={cn(
        'inline-flex h-7.5 shrink-0 items-center gap-1.5 rounded-full border px-2.75 text-label whitespace-nowrap transition-colors max-lg:h-11 max-lg:px-4',
        on ? 'border-accent-line bg-accent-soft text-ink' : 'border-line-2 text-ink-2 hover:border-control hover:text-ink',
      )}
    >
      {label}
      {count !== undefined && <span className="font-[450] text-ink-3 tabular-nums">{grouped(count)}</span>}
    </button>
  );
}
