import { useMemo, useState } from 'react';
import { CardView } from './card-view';
import { CompareView } from './compare-view';
import { LightTable } from './light-table';
import { Loupe } from './loupe';
import { comparedOf } from './places';
import type { View } from './review-header';
import type { Matrix, Verdict } from './review-model';
import type { ReviewStore } from './review-store';
import { TileGrid } from './tile-grid';

interface StageProps {
  store: ReviewStore;
  view: View;
  narrow: boolean;
  /** What passes the filter, in its order. */
  shown: readonly number[];
  at: number | null;
  /** Width over height. */
  ratio: number;
  changed: ReadonlySet<number>;
  matrix: Matrix;
  sources: readonly { asset_id: number }[];
  passes: (id: number) => boolean;
  stamp: number;
  onOpen: (id: number) => void;
  onStack: (id: number) => void;
  onColumns: (columns: number) => void;
  onStep: (by: number) => void;
  onJudge: (verdict: Verdict) => void;
  onRate: (rating: number) => void;
}

/** The set as it is looked at: in a matrix or a grid, one by one, or against each other. */
export function Stage({ store, view, narrow, shown, at, ratio, changed, matrix, sources, passes, stamp, onOpen, onStack, onColumns, onStep, onJudge, onRate }: StageProps) {
  const [many, setMany] = useState<2 | 4>(2);
  const [passed, setPassed] = useState<ReadonlySet<number>>(new Set());
  const assets = useMemo(() => sources.map(({ asset_id }) => asset_id), [sources]);
  const nth = at === null ? 0 : shown.indexOf(at) + 1;
  switch (view) {
    case 'matrix':
      return <LightTable store={store} matrix={matrix} ratio={ratio} sources={assets} passes={passes} changed={changed} at={at} stamp={stamp} onOpen={onOpen} onStack={onStack} />;
    case 'grid':
      return <TileGrid store={store} ids={shown} at={at} ratio={ratio} changed={changed} onOpen={onOpen} onColumns={onColumns} />;
    case 'compare': {
      const left = shown.filter((id) => !passed.has(id));
      const compared = comparedOf(left, at, many);
      const pass = (id: number) => {
        if (id === at) store.go(left[left.indexOf(id) + 1] ?? left[left.indexOf(id) - 1] ?? null);
        setPassed(new Set([...passed, id]));
      };
      return <CompareView store={store} shown={compared} many={many} onMany={setMany} onPass={pass} />;
    }
    default: {
      const entry = at === null ? undefined : store.get(at);
      if (!narrow) return <Loupe store={store} ids={shown} at={at} ratio={ratio} changed={changed} onStep={onStep} onOpen={onOpen} />;
      return entry ? <CardView entry={entry} next={[1, 2].map((by) => store.get(shown[nth - 1 + by] ?? -1))} place={`${nth} / ${shown.length}`} onJudge={onJudge} onRate={onRate} /> : null;
    }
  }
}
