import { useVirtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useRef } from 'react';
import { cellOf, isStack, mostSideBySide, topOf } from './places';
import type { Column, Matrix, Row } from './review-model';
import type { ReviewStore } from './review-store';
import { SourceHead } from './source-head';
import { Tile } from './tile';

export const tileHeight = 150;
const gap = 6;
const cellGap = 14;
const headWidth = 98;

interface LightTableProps {
  store: ReviewStore;
  matrix: Matrix;
  /** Width over height of a tile. */
  ratio: number;
  sources: readonly number[];
  passes: (id: number) => boolean;
  changed: ReadonlySet<number>;
  at: number | null;
  /** Moves with every verdict: the counts at the heads are made anew. */
  stamp: number;
  onOpen: (id: number) => void;
  /** Opens the stack that this one lies on. */
  onStack: (id: number) => void;
}

/** Sources down, prompts across; only what is in sight is there. */
export const LightTable = memo(function LightTable({ store, matrix, ratio, sources, passes, changed, at, onOpen, onStack }: LightTableProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const { columns, rows } = matrix;
  const tileWidth = Math.round(Math.min(220, Math.max(76, tileHeight * ratio)));
  const wide = columns.map((_, at) => Math.max(1, ...rows.slice(0, 200).map((row) => Math.min(mostSideBySide, row.cells[at]?.length ?? 0))));
  const widthOf = (at: number) => (wide[at] ?? 1) * (tileWidth + gap) - gap + cellGap;
  const down = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => tileHeight + 34, overscan: 1, initialRect: { width: 1200, height: 900 } });
  const across = useVirtualizer({ horizontal: true, count: columns.length, getScrollElement: () => scroller.current, estimateSize: widthOf, overscan: 1, initialRect: { width: 1200, height: 900 } });

  // What the keys go to comes into sight.
  useEffect(() => {
    const place = at === null ? null : cellOf(matrix, at);
    if (!place) return;
    down.scrollToIndex(place.row, { align: 'auto' });
    across.scrollToIndex(place.column, { align: 'auto' });
    // What moves is the one at hand; the list scrolls for nothing else.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [at, matrix]);

  return (
    <div ref={scroller} className="min-h-0 flex-1 overflow-auto rounded-card border border-line bg-surface px-4 pb-2" aria-label="Light table" role="group" tabIndex={-1}>
      <div className="relative" style={{ width: headWidth + across.getTotalSize() }}>
        <div className="sticky top-0 z-3 h-9 border-b border-line bg-surface">
          {across.getVirtualItems().map((column) => (
            <ColumnHead key={column.key} column={columns[column.index] as Column} left={headWidth + column.start} width={column.size - cellGap} ids={rows.flatMap((row) => row.cells[column.index] ?? [])} store={store} />
          ))}
        </div>
        <div className="relative" style={{ height: down.getTotalSize() }}>
          {down.getVirtualItems().map((line) => {
            const row = rows[line.index] as Row;
            const ids = row.cells.flat();
            return (
              <div key={line.key} className="absolute inset-x-0 pt-3" style={{ transform: `translateY(${line.start}px)`, height: line.size }}>
                <SourceHead assetId={row.image === null ? null : (sources[row.image] ?? null)} index={row.image} picked={ids.filter((id) => store.get(id)?.verdict === 'pick').length} of={ids.length} />
                {across.getVirtualItems().map((column) => {
                  const cell = (row.cells[column.index] ?? []).filter(passes);
                  const stacked = isStack(cell);
                  const shown = stacked ? [topOf(cell, store.get, store.at())] : cell;
                  return (
                    <div key={column.key} className="absolute top-3 flex" style={{ left: headWidth + column.start, gap }}>
                      {shown.map((id, nth) => (
                        <Tile
                          key={id}
                          store={store}
                          id={id}
                          width={tileWidth}
                          height={tileHeight}
                          place={`${row.image === null ? 'Every photo' : `Photo ${row.image + 1}`}, ${short(columns[column.index]?.label ?? '')}, ${stacked ? `stack of ${cell.length}` : `${nth + 1} of ${cell.length}`}`}
                          more={stacked ? cell.length - 1 : 0}
                          changed={changed.has(id)}
                          onOpen={stacked ? onStack : onOpen}
                          {...(stacked && { onStack })}
                        />
                      ))}
                    </div>
                  );
                })}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
});

const short = (label: string) => (label.length > 40 ? `${label.slice(0, 40)}…` : label);

function ColumnHead({ column, left, width, ids, store }: { column: Column; left: number; width: number; ids: readonly number[]; store: ReviewStore }) {
  const picked = ids.filter((id) => store.get(id)?.verdict === 'pick').length;
  return (
    <span className="absolute top-2 flex items-baseline gap-2 text-label" style={{ left, width }} title={column.label}>
      <span className="min-w-0 flex-1 truncate">{column.label || 'Without a prompt'}</span>
      <span className="text-small text-ink-3 tabular-nums">
        {picked}/{ids.length}
      </span>
    </span>
  );
}
