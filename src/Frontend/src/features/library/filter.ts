import type { LibraryFilter, LibrarySort } from '@/domain/assets/library';
import { spans, startOf, type Span } from './spans';

/** What the library shows, as the address has it: a reload, or a link, leads to the same. */
export interface LibraryView {
  type?: 'image' | 'video';
  source?: 'uploaded' | 'generated';
  model?: string;
  run?: number;
  rating?: number;
  starred?: true;
  tag?: string;
  collection?: number;
  added?: Span;
  /** An asset all of it was made of. */
  from?: number;
  q?: string;
  trash?: true;
  sort?: LibrarySort;
}

export const sorts: readonly { value: LibrarySort; label: string }[] = [
  { value: 'newest', label: 'Newest' },
  { value: 'oldest', label: 'Oldest' },
  { value: 'rating', label: 'Best rated' },
  { value: 'cost', label: 'Dearest' },
  { value: 'name', label: 'Name' },
];

const oneOf = <T extends string>(value: unknown, all: readonly T[]) => all.find((one) => one === value);
const whole = (value: unknown) => (Number.isSafeInteger(Number(value)) && Number(value) > 0 ? Number(value) : undefined);
const words = (value: unknown) => (typeof value === 'string' || typeof value === 'number' ? String(value).slice(0, 200) || undefined : undefined);

/** An address is typed by anybody: what makes no sense in it is as if it were not there. */
export function readView(search: Record<string, unknown>): LibraryView {
  const rating = whole(search.rating);
  const view: { [Name in keyof LibraryView]: LibraryView[Name] | undefined } = {
    type: oneOf(search.type, ['image', 'video'] as const),
    source: oneOf(search.source, ['uploaded', 'generated'] as const),
    model: words(search.model),
    run: whole(search.run),
    rating: rating && rating <= 5 ? rating : undefined,
    starred: search.starred === true || search.starred === 'true' ? true : undefined,
    tag: words(search.tag),
    collection: whole(search.collection),
    added: spans.find(({ value }) => value === search.added)?.value,
    from: whole(search.from),
    q: words(search.q),
    trash: search.trash === true || search.trash === 'true' ? true : undefined,
    sort: oneOf(search.sort, sorts.map(({ value }) => value)),
  };
  return Object.fromEntries(Object.entries(view).filter(([, value]) => value !== undefined)) as LibraryView;
}

/** As the API takes it. The day is that of this browser. */
export function toFilter(view: LibraryView, now: Date): LibraryFilter {
  const { type, source, model, run, rating, starred, tag, collection, added, from, q, trash } = view;
  return {
    ...(type && { type }),
    ...(source && { source }),
    ...(model && { model }),
    ...(run && { pipeline_id: run }),
    ...(rating && { min_rating: rating }),
    ...(starred && { starred }),
    ...(tag && { tag }),
    ...(collection && { collection_id: collection }),
    ...(added && { from: startOf(added, now).toISOString() }),
    ...(from && { made_from: from }),
    ...(q?.trim() && { q: q.trim() }),
    ...(trash && { trashed: true }),
  };
}

/** Whether anything but the order and the trash is chosen. */
export const isNarrowed = (view: LibraryView) => Object.keys(view).some((name) => name !== 'sort' && name !== 'trash');
