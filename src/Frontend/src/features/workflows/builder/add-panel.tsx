import { nodeKinds, type NodeKind } from '../graph/graph';
import { Kbd } from '@/ui/tag';
import { dragType, kindLooks } from './kinds';

/** The kinds of steps, to be pressed or dragged onto the canvas. */
export function AddPanel({ empty, onAdd }: { empty: boolean; onAdd: (kind: NodeKind) => void }) {
  return (
    <section aria-label="Add a step" className="absolute top-17 left-3 z-5 w-50 rounded-card border border-line-2 bg-panel p-2 shadow-2">
      <p className="flex items-center px-1.5 pt-0.5 pb-1.5 text-small text-ink-3">
        <span className="flex-1">{empty ? 'Begin with photos' : 'Add a step'}</span>
        <Kbd>Space</Kbd>
      </p>
      {nodeKinds.map((kind) => {
        const { title, hint, Icon, glyph } = kindLooks[kind];
        return (
          <button
            key={kind}
            type="button"
            draggable
            onDragStart={(event) => {
              event.dataTransfer.setData(dragType, kind);
              event.dataTransfer.effectAllowed = 'copy';
            }}
            onClick={() => onAdd(kind)}
            className="flex w-full cursor-grab items-center gap-2.5 rounded-m px-1.5 py-1.25 hover:bg-raised"
          >
            <span className={`grid size-7 place-items-center rounded-m ${glyph}`}>
              <Icon className="size-4" strokeWidth={1.75} />
            </span>
            <span className="min-w-0">
              <span className="block truncate text-label text-ink">{title}</span>
              <span className="block truncate text-tiny text-ink-3">{hint}</span>
            </span>
          </button>
        );
      })}
    </section>
  );
}
