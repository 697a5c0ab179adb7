import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { Download, FileSpreadsheet } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { describeError } from '@/api/problem';
import { paths } from '@/domain/paths';
import { exportUrl, facetsQuery, historyQuery } from '@/domain/pipelines/history';
import { count, grouped } from '@/domain/count';
import { downloadFile } from '@/domain/assets/download';
import { resultUrl, sheetOfGroupQuery } from '@/domain/sheets/sheets';
import { ActiveFilters, FilterButton, type FilterGroup } from '@/domain/outputs/filter-button';
import { Button, buttonClass } from '@/ui/button';
import { inputClass } from '@/ui/input';
import { Chips, Segmented } from '@/ui/radio-group';
import { Empty, LoadError, Skeleton } from '@/ui/states';
import { useKept } from '@/ui/use-kept';
import { useIsNarrow } from '@/ui/use-media';
import { useSettled } from '@/ui/use-settled';
import { useTitle } from '@/ui/use-title';
import { HistoryActions } from './history-actions';
import { filterOf, isNarrowed, orders, queryOf, searchOf, spans, statuses, waiting, type HistoryFilter } from './history-filter';
import { HistoryCards, HistoryTable } from './history-table';

/** The filter as the address has it, and a way to change it. */
function useFilter(): [HistoryFilter, (patch: Partial<HistoryFilter>) => void] {
  const search: Record<string, unknown> = useSearch({ strict: false });
  const navigate = useNavigate();
  const filter = filterOf(search);
  return [filter, (patch) => void navigate({ to: paths.jobs, search: searchOf({ ...filter, ...patch }) as never, replace: true })];
}

/** Every run with what became of it. */
export function HistoryPage() {
  useTitle('Job history');
  const [filter, change] = useFilter();
  const [wanted, setWanted] = useState(filter.q);
  const settled = useSettled(wanted);
  const narrow = useIsNarrow();
  const [cards, setCards] = useKept('pipeline.history.cards', false);
  const [picked, setPicked] = useState<ReadonlySet<number>>(new Set());
  // The day is part of the question; a new minute is not.
  const today = new Date().toDateString();
  const query = queryOf({ ...filter, q: settled }, new Date(today));
  const list = useInfiniteQuery(historyQuery(query));
  const facets = useQuery(facetsQuery(query)).data;
  useEffect(() => {
    if (settled !== filter.q) change({ q: settled });
    // Words that were typed go into the address; an address that changes by itself is not written over.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [settled]);

  const runs = list.data?.pages.flatMap((page) => page.data) ?? [];
  const chosen = runs.filter((run) => picked.has(run.id));
  // What could be done with the selection goes with it; whoever was there by keyboard goes on from the top.
  const heading = useRef<HTMLHeadingElement>(null);
  const selecting = chosen.length > 0;
  const was = useRef(false);
  useEffect(() => {
    if (was.current && !selecting && document.activeElement === document.body) heading.current?.focus();
    was.current = selecting;
  }, [selecting]);
  const narrowed = isNarrowed({ ...filter, q: settled });
  const countOf = (value: string) => (value === waiting ? facets?.waiting : facets?.statuses.find((facet) => facet.value === value)?.count) ?? (facets ? 0 : null);
  const groups: FilterGroup[] = [
    { name: 'Created', options: spans.map(({ value, label }) => ({ value, label, count: null })), value: filter.made, onChange: (made) => change({ made }) },
    { name: 'Tag', options: (facets?.tags ?? []).map(({ value, count: many }) => ({ value, label: value, count: many })), value: filter.tag, onChange: (tag) => change({ tag }) },
    { name: 'Kind', options: [{ value: 'simulated', label: 'Simulations', count: null }], value: filter.simulated ? 'simulated' : null, onChange: (value) => change({ simulated: value !== null }) },
  ];
  const pick = (id: number, on: boolean) => setPicked((before) => new Set(on ? [...before, id] : [...before].filter((other) => other !== id)));
  const clear = () => {
    setWanted('');
    change({ status: null, tag: null, made: null, q: '', group: null, simulated: false });
  };
  const rows = { runs, picked, onPick: pick, onPickAll: (on: boolean) => setPicked(new Set(on ? runs.map((run) => run.id) : [])) };

  return (
    <main className="flex min-w-0 flex-1 flex-col gap-4 overflow-y-auto px-7 py-5 *:shrink-0 max-lg:px-4">
      <header className="flex flex-wrap items-center gap-2.5">
        <h1 ref={heading} tabIndex={-1} className="text-title outline-none">
          Job history
        </h1>
        {facets && <span className="text-small text-ink-3">{count(facets.total, 'run')}</span>}
        <span className="ml-auto flex flex-wrap gap-2">
          <Button small onClick={() => downloadFile(exportUrl(query), 'runs.csv')}>
            <Download className="size-4" />
            Export CSV
          </Button>
          <Link to={paths.bulk} className={buttonClass('normal', true)}>
            Bulk run
          </Link>
          <Link to={paths.playground} className={buttonClass('primary', true)}>
            New run
          </Link>
        </span>
      </header>
      {filter.group !== null && <Together group={filter.group} onAll={clear} />}
      <div className="flex flex-wrap items-center gap-3">
        <input type="search" aria-label="Search runs by name" placeholder="Search by name" value={wanted} onChange={(event) => setWanted(event.target.value)} className={`${inputClass} max-w-80 flex-1 basis-50`} />
        <Chips
          label="Status"
          value={filter.status ?? 'any'}
          options={[{ value: 'any', label: 'All' }, ...statuses.map(({ value, label }) => ({ value, label: <Counted label={label} count={countOf(value)} /> }))]}
          onChange={(status) => change({ status: status === 'any' ? null : status })}
        />
        <span className="ml-auto flex items-center justify-end gap-2 max-lg:flex-wrap">
          <ActiveFilters groups={groups} onClear={() => change({ made: null, tag: null, simulated: false })} />
          <FilterButton groups={groups} />
          {!narrow && <Segmented small label="Show runs as" value={cards ? 'cards' : 'table'} options={[{ value: 'table', label: 'Table' }, { value: 'cards', label: 'Cards' }]} onChange={(how) => setCards(how === 'cards')} />}
          <select aria-label="Order" value={filter.sort} onChange={(event) => change({ sort: event.target.value as HistoryFilter['sort'] })} className={`${inputClass} w-auto! shrink-0`}>
            {orders.map(({ value, label }) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </span>
      </div>
      {list.isPending ? (
        <div role="status" aria-label="Loading the runs" className="flex flex-col gap-2">
          {Array.from({ length: 8 }, (_, index) => (
            <Skeleton key={index} className="h-13 max-lg:h-24" />
          ))}
        </div>
      ) : list.isError ? (
        <LoadError title="The runs did not load" message={describeError(list.error)} onRetry={() => void list.refetch()} />
      ) : runs.length === 0 ? (
        narrowed ? (
          <Empty title="No run matches" action={<Button onClick={clear}>Clear filters</Button>}>
            Try another word, status or time.
          </Empty>
        ) : (
          <Empty title="No runs yet" action={<Link to={paths.playground} className={buttonClass('primary')}>Open the playground</Link>}>
            Every run is listed here with what it made and what it cost.
          </Empty>
        )
      ) : (
        <>
          {narrow || cards ? <HistoryCards {...rows} /> : <HistoryTable {...rows} />}
          {list.hasNextPage && (
            <Button className="self-center" busy={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
              Show more
            </Button>
          )}
        </>
      )}
      {selecting && <HistoryActions runs={chosen} onClear={() => setPicked(new Set())} />}
    </main>
  );
}

function Counted({ label, count: many }: { label: string; count: number | null }) {
  return (
    <>
      {label} {many !== null && <span className="font-[450] text-ink-3">{grouped(many)}</span>}
    </>
  );
}

/** Runs that were started together; where a sheet did it, the same sheet with what has become of its rows. */
function Together({ group, onAll }: { group: string; onAll: () => void }) {
  const sheet = useQuery(sheetOfGroupQuery(group)).data;
  return (
    <section aria-label={sheet ? 'Runs of a sheet' : 'Runs that were started together'} className="flex flex-wrap items-center gap-2.5 rounded-card border border-accent-line bg-accent-soft px-4 py-3">
      {sheet ? (
        <>
          <FileSpreadsheet className="size-4.5 text-accent-ink" />
          <p className="min-w-50 flex-1">
            These runs {sheet.simulated ? 'are a simulation of' : 'came from'} <b className="font-[550] break-words">{sheet.name}</b>. Take it back with the addresses, cost and status of each row, now or when all are done.
          </p>
          <Button small onClick={() => downloadFile(resultUrl(sheet.id, 'csv'), 'results.csv')}>
            Results as CSV
          </Button>
          <Button small onClick={() => downloadFile(resultUrl(sheet.id, 'xlsx'), 'results.xlsx')}>
            As Excel
          </Button>
        </>
      ) : (
        <p className="min-w-50 flex-1">Only runs that were started together are shown.</p>
      )}
      <Button small look="ghost" onClick={onAll}>
        Show all runs
      </Button>
    </section>
  );
}
