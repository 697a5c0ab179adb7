/** All outputs of a step in brief, as the API sends them: columns side by side, entry n of each belongs to the same output. */
export interface OutputIndexAnswer {
  total: number;
  models: string[];
  providers: string[];
  id: number[];
  item_id: (number | null)[];
  asset_id: (number | null)[];
  width: (number | null)[];
  height: (number | null)[];
  duration_sec: (number | null)[];
  /** Places in `models` and `providers`. */
  model: (number | null)[];
  provider: (number | null)[];
  simulated: boolean[];
  reused: boolean[];
  selected: boolean[];
  verdict: ('unset' | 'pick' | 'reject')[];
  rating: (number | null)[];
  image_index: (number | null)[];
  place: number[];
  redone: boolean[];
  settled: boolean[];
  /** Only where they were asked for. */
  prompts: string[] | null;
  /** Places in `prompts`. */
  prompt: (number | null)[] | null;
  /** Seconds since 1970. */
  created_at: number[];
  next_cursor: string | null;
}

/** What a gallery has to know of an output before it is looked at. */
export interface OutputEntry {
  id: number;
  itemId: number | null;
  assetId: number | null;
  width: number | null;
  height: number | null;
  durationSec: number | null;
  model: string | null;
  provider: string | null;
  simulated: boolean;
  reused: boolean;
  selected: boolean;
  madeAt: number;
}

export interface OutputIndex {
  entries: readonly OutputEntry[];
  ids: ReadonlySet<number>;
  /** The largest id: what comes later has a larger one. */
  newest: number;
}

export const noIndex: OutputIndex = { entries: [], ids: new Set(), newest: 0 };

export function toEntries(answer: OutputIndexAnswer): OutputEntry[] {
  const name = (names: readonly string[], place: number | null | undefined) => (place === null || place === undefined ? null : (names[place] ?? null));
  return answer.id.map((id, at) => ({
    id,
    itemId: answer.item_id[at] ?? null,
    assetId: answer.asset_id[at] ?? null,
    width: answer.width[at] ?? null,
    height: answer.height[at] ?? null,
    durationSec: answer.duration_sec[at] ?? null,
    model: name(answer.models, answer.model[at]),
    provider: name(answer.providers, answer.provider[at]),
    simulated: answer.simulated[at] ?? false,
    reused: answer.reused[at] ?? false,
    selected: answer.selected[at] ?? true,
    madeAt: (answer.created_at[at] ?? 0) * 1000,
  }));
}

/** What was known, with what came since behind it in the order in which it came: nothing that is in view moves. */
export function withNews(before: OutputIndex, news: readonly OutputEntry[]): OutputIndex {
  const fresh = news.filter((entry) => !before.ids.has(entry.id)).sort((a, b) => a.id - b.id);
  if (fresh.length === 0) return before;
  const ids = new Set(before.ids);
  let { newest } = before;
  for (const { id } of fresh) {
    ids.add(id);
    newest = Math.max(newest, id);
  }
  return { entries: [...before.entries, ...fresh], ids, newest };
}

/** A whole index, in the order of the plan. */
export function wholeIndex(entries: readonly OutputEntry[]): OutputIndex {
  return { entries, ids: new Set(entries.map(({ id }) => id)), newest: entries.reduce((largest, { id }) => Math.max(largest, id), 0) };
}
