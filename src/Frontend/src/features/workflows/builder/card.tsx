import { Pause, TriangleAlert } from 'lucide-react';
import { memo } from 'react';
import { Bar } from '@/ui/bar';
import { cn } from '@/ui/cn';
import type { NodeKind } from '../graph/graph';
import { kindLooks } from './kinds';

export interface LiveNode {
  words: string;
  done: number;
  total: number;
  failed: number;
  over: boolean;
}

/** What stands on a node. Values only, so that a node whose values stay is not drawn again. */
export interface CardView {
  kind: NodeKind;
  line: string;
  prompt: string | null;
  count: string;
  price: string | null;
  pending: boolean;
  problem: string | null;
  stale: string | null;
  pause: boolean;
  /** Addresses of pictures, one a line. */
  pictures: string;
  more: number;
  live: LiveNode | null;
  /** All of it in words. */
  spoken: string;
}

/** A step as it is drawn, on the canvas and in the list. */
export const Card = memo(function Card({ view, selected }: { view: CardView; selected?: boolean }) {
  const { title, Icon, glyph, bar } = kindLooks[view.kind];
  const pictures = view.pictures === '' ? [] : view.pictures.split('\n');
  const { live } = view;
  return (
    <div className={cn('w-52 overflow-hidden rounded-card border bg-surface shadow-2 max-lg:w-full', view.problem ? 'border-warn-line' : 'border-line-2', selected && 'outline-2 outline-offset-2 outline-accent-graph')}>
      <div className="flex items-center gap-2.5 px-2.5 pt-2.5">
        <span className={cn('grid size-7.5 shrink-0 place-items-center rounded-m', glyph)}>
          <Icon className="size-4" strokeWidth={1.75} />
        </span>
        <span className="min-w-0 flex-1">
          <span className="block truncate text-label font-semibold text-ink">{title}</span>
          <span className="block truncate text-small text-ink-3">{view.line}</span>
        </span>
        {view.pause && <Pause aria-label="Stops for review" className="size-3.5 shrink-0 text-warn" />}
      </div>
      {pictures.length > 0 ? (
        <div className="flex gap-1 px-2.5 pt-2">
          {pictures.map((url) => (
            <img key={url} src={url} alt="" loading="lazy" draggable={false} className="h-9 w-11 rounded-[5px] bg-well object-cover" />
          ))}
          {view.more > 0 && <span className="grid h-9 w-11 place-items-center rounded-[5px] bg-raised text-tiny text-ink-3">+{view.more}</span>}
        </div>
      ) : view.prompt !== null ? (
        <p className="mx-2.5 mt-2 line-clamp-2 rounded-m bg-well px-2 py-1.5 text-small text-ink-2">{view.prompt}</p>
      ) : null}
      <div className="mt-2.5 flex items-center gap-2 border-t border-line px-2.5 py-1.75 text-small">
        <span className="min-w-0 flex-1 text-ink">{view.count}</span>
        <span className={cn('tabular-nums text-ink-2', view.pending && 'opacity-60')}>{view.price ?? '–'}</span>
      </div>
      {live && (
        <div className="border-t border-line px-2.5 pt-1.5 pb-2">
          <p className="mb-1 flex text-tiny text-ink-2">
            <span className="flex-1 truncate">{live.words}</span>
            {live.done}/{live.total}
          </p>
          <Bar
            label={`${title}: ${live.words}`}
            now={live.total === 0 ? 0 : (live.done / live.total) * 100}
            parts={[
              { share: live.total === 0 ? 0 : live.done / live.total, fill: bar },
              { share: live.total === 0 ? 0 : live.failed / live.total, fill: 'bg-danger-fill' },
            ]}
          />
        </div>
      )}
      {(view.problem ?? view.stale) !== null && (
        <p className="flex gap-2 border-t border-warn-line bg-warn-soft px-2.5 py-1.75 text-small text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          <span>{view.problem ?? `Out of date: ${view.stale ?? ''}`}</span>
        </p>
      )}
    </div>
  );
});
