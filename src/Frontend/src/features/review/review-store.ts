import { changes, countsOf, inPlanOrder, inverse, patched, type Counts, type Patch, type ReviewEntry } from './review-model';

/** What was done last and can be taken back. */
export interface Done {
  label: string;
  patches: readonly Patch[];
}

export type Saving = 'saved' | 'waiting' | 'offline';

/** How what was said reaches the server. */
export interface Saver {
  /** Resolves with the step's version since then. Rejects with what went wrong. */
  save: (patches: readonly Patch[]) => Promise<number>;
  /** Whether the same may be tried again. */
  again: (error: unknown) => boolean;
  /** Which of what was sent can never be taken, by their place in it; null when the whole cannot. */
  refused: (error: unknown) => readonly number[] | null;
  /** It will never be taken. */
  failed: (error: unknown) => void;
  /** Kept where a reload finds it; null for nothing. */
  keep: (patches: readonly Patch[]) => void;
}

export const saveAfterMs = 350;
const againAfterMs = 2_500;
/** A timer may come a little early. */
const slackMs = 20;
/** One change of the API may carry thousands; this many are one request. */
const mostAtOnce = 5_000;

/**
 * The set under review. What a person says counts at once here and is saved a moment later, many at a time. Every tile listens to its own output,
 * so that judging one of a thousand draws one.
 */
export class ReviewStore {
  private entries = new Map<number, ReviewEntry>();
  private order: readonly number[] = [];
  private readonly pending = new Map<number, Patch>();
  /** When each of them is to be saved, where each has a time of its own; in milliseconds. */
  private readonly due = new Map<number, number>();
  private readonly shown = new Map<number, ReviewEntry>();
  private readonly listeners = new Set<() => void>();
  private readonly undoable: Done[] = [];
  private counted: Counts | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight: Promise<void> | null = null;
  private stopped = false;
  private stamp = 0;

  /** The step's version as far as this page knows it. */
  version = 0;
  saving: Saving = 'saved';
  /**
   * Picks are bought the moment they are saved, and the last verdict ends the review: these are given so many milliseconds to be taken back, each its own, and
   * none waits for the ones behind it. Null: all is saved after the last word, so that many are one request.
   */
  takeBackMs: number | null = null;
  current: number | null = null;

  constructor(private readonly saver: Saver) {}

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  };

  /** Moves with every change: what is derived from the whole is made anew. */
  readonly now = () => this.stamp;
  readonly ids = () => this.order;
  readonly at = () => this.current;
  readonly get = (id: number) => this.shown.get(id);
  readonly last = () => this.undoable.at(-1) ?? null;
  readonly all = () => this.order.map((id) => this.shown.get(id) as ReviewEntry);

  counts(): Counts {
    return (this.counted ??= countsOf(this.shown.values()));
  }

  /** What the server has, whole or in part; what was said here and is not saved stays over it. */
  take(entries: readonly ReviewEntry[], version: number): void {
    let grown = false;
    for (const entry of entries) {
      grown ||= !this.entries.has(entry.id);
      this.entries.set(entry.id, entry);
      this.show(entry.id);
    }
    if (grown) this.order = [...this.entries.values()].sort(inPlanOrder).map(({ id }) => id);
    this.version = Math.max(this.version, version);
    this.current ??= this.order[0] ?? null;
    this.tell();
  }

  /** What was kept by this page before it was loaded again. */
  resume(patches: readonly Patch[]): void {
    const known = patches.filter((patch) => this.entries.has(patch.id));
    if (known.length > 0) this.apply(known);
  }

  /** @param back What takes it back, where that cannot be told from the set. */
  judge(label: string, patches: readonly Patch[], back?: readonly Patch[]): void {
    const real = patches.filter((patch) => {
      const entry = this.shown.get(patch.id);
      return entry && changes(entry, patch);
    });
    if (real.length === 0) return;
    this.undoable.push({ label, patches: back ?? real.map((patch) => inverse(this.shown.get(patch.id) as ReviewEntry, patch)) });
    this.apply(real);
  }

  /** Takes back what was done last, as far as that can still be; says what that was. Without patches it has gone on already. */
  undo(): Done | null {
    const done = this.undoable.pop() ?? null;
    if (!done) return null;
    const patches = done.patches.filter((patch) => {
      const entry = this.shown.get(patch.id);
      return entry && changes(entry, patch);
    });
    this.current = done.patches[0]?.id ?? this.current;
    if (patches.length > 0) this.apply(patches);
    else this.tell();
    return { label: done.label, patches };
  }

  go(id: number | null): void {
    if (id === this.current) return;
    this.current = id;
    this.tell();
  }

  /** Saves now what has not been saved, and waits for it. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    while (this.pending.size > 0 || this.inFlight) {
      await (this.inFlight ?? this.send());
      if (this.saving === 'offline') throw new Error('What you judged is not saved yet: the server cannot be reached.');
    }
  }

  start(): void {
    this.stopped = false;
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    // What is left is kept, but for what may still leave with the page.
    if (this.pending.size > 0 && !this.inFlight) void this.send();
  }

  private apply(patches: readonly Patch[]): void {
    for (const patch of patches) {
      const said = { ...this.pending.get(patch.id), ...patch };
      // A rating leaves a pick the time it has.
      if (patch.verdict !== undefined || said.verdict !== 'pick') this.due.set(patch.id, Date.now() + (said.verdict === 'pick' ? (this.takeBackMs ?? saveAfterMs) : saveAfterMs));
      this.pending.set(patch.id, said);
      this.show(patch.id);
    }
    this.counted = null;
    if (this.takeBackMs !== null && this.counts().waiting === 0) for (const { id, verdict } of patches) if (verdict !== undefined) this.due.set(id, Date.now() + this.takeBackMs);
    this.saver.keep([...this.pending.values()]);
    this.saving = this.saving === 'offline' ? 'offline' : 'waiting';
    if (!this.inFlight) this.wait();
    this.tell();
  }

  /** Until the next has had its time. */
  private wait(): void {
    clearTimeout(this.timer);
    const now = Date.now();
    const ripe = this.takeBackMs !== null;
    const first = ripe ? [...this.pending.keys()].reduce((soonest, id) => Math.min(soonest, this.due.get(id) ?? now), Infinity) : now + saveAfterMs;
    this.timer = setTimeout(() => void this.send(ripe), Math.max(0, first - now));
  }

  private send(ripe = false): Promise<void> {
    const until = Date.now() + slackMs;
    const sent = [...this.pending.values()].filter(({ id }) => !ripe || (this.due.get(id) ?? 0) <= until).slice(0, mostAtOnce);
    if (sent.length === 0) {
      this.wait();
      return Promise.resolve();
    }
    this.inFlight = this.saver
      .save(sent)
      .then(
        (version) => this.saved(sent, version),
        (error: unknown) => this.notSaved(sent, error),
      )
      .finally(() => {
        this.inFlight = null;
        if (this.pending.size === 0 || this.stopped) return;
        if (this.takeBackMs !== null && this.saving !== 'offline') this.wait();
        else this.timer = setTimeout(() => void this.send(), this.saving === 'offline' ? againAfterMs : 0);
      });
    return this.inFlight;
  }

  private saved(sent: readonly Patch[], version: number): void {
    for (const patch of sent) {
      const entry = this.entries.get(patch.id);
      if (entry) this.entries.set(patch.id, patched(entry, patch));
      // Something else may have been said of it meanwhile.
      if (this.pending.get(patch.id) === patch) this.pending.delete(patch.id);
      this.show(patch.id);
    }
    // A gap means that somebody else said something, too, which has to be read.
    if (version === this.version + 1) this.version = version;
    this.saver.keep([...this.pending.values()]);
    this.saving = this.pending.size > 0 ? 'waiting' : 'saved';
    this.tell();
  }

  private notSaved(sent: readonly Patch[], error: unknown): void {
    if (this.saver.again(error)) {
      this.saving = 'offline';
    } else {
      const places = this.saver.refused(error);
      for (const patch of places ? sent.filter((_, at) => places.includes(at)) : sent) {
        if (this.pending.get(patch.id) === patch) this.pending.delete(patch.id);
        this.show(patch.id);
      }
      this.saving = this.pending.size > 0 ? 'waiting' : 'saved';
      this.saver.keep([...this.pending.values()]);
      this.saver.failed(error);
    }
    this.tell();
  }

  private show(id: number): void {
    const entry = this.entries.get(id);
    if (entry) this.shown.set(id, patched(entry, this.pending.get(id)));
  }

  private tell(): void {
    this.counted = null;
    this.stamp += 1;
    this.listeners.forEach((listener) => listener());
  }
}
