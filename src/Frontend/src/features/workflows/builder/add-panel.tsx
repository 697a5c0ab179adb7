import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { Kbd } from '@/ui/tag';
import { nodeKinds, type NodeKind } from '../graph/graph';
import { kindLooks } from './kinds';

interface AddPanelProps {
  empty: boolean;
  onAdd: (kind: NodeKind) => void;
  /** Let go at this place of the window, which may be outside of the canvas. */
  onDrop: (kind: NodeKind, x: number, y: number) => void;
}

interface Held {
  kind: NodeKind;
  x: number;
  y: number;
}

/** Pixels the pointer moves before a press is a drag. */
const slack = 4;

/** The kinds of steps, to be pressed or dragged onto the canvas: by pointer events, since not every browser drags a button and no finger can. */
export function AddPanel({ empty, onAdd, onDrop }: AddPanelProps) {
  const pressed = useRef<Held | null>(null);
  const wasDragged = useRef(false);
  const [held, setHeld] = useState<Held | null>(null);
  const drop = () => {
    pressed.current = null;
    setHeld(null);
  };
  const dragging = held !== null;
  useEffect(() => {
    if (!dragging) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape') return;
      event.stopPropagation();
      pressed.current = null;
      setHeld(null);
    };
    window.addEventListener('keydown', onKey, true);
    return () => window.removeEventListener('keydown', onKey, true);
  }, [dragging]);
  const onDown = (kind: NodeKind, event: PointerEvent) => {
    wasDragged.current = false;
    if (event.button !== 0 || !event.isPrimary) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    pressed.current = { kind, x: event.clientX, y: event.clientY };
  };
  const onMove = ({ clientX: x, clientY: y }: PointerEvent) => {
    const from = pressed.current;
    if (from === null || (held === null && Math.hypot(x - from.x, y - from.y) < slack)) return;
    wasDragged.current = true;
    setHeld({ kind: from.kind, x, y });
  };
  const onUp = ({ clientX: x, clientY: y }: PointerEvent) => {
    if (held) onDrop(held.kind, x, y);
    drop();
  };
  return (
    <section aria-label="Add a step" className="absolute top-17 left-3 z-5 w-50 rounded-card border border-line-2 bg-panel p-2 shadow-2">
      <p className="flex items-center px-1.5 pt-0.5 pb-1.5 text-small text-ink-3">
        <span className="flex-1">{empty ? 'Begin with photos' : 'Add a step'}</span>
        <Kbd>Space</Kbd>
      </p>
      {nodeKinds.map((kind) => (
        <button
          key={kind}
          type="button"
          onPointerDown={(event) => onDown(kind, event)}
          onPointerMove={onMove}
          onPointerUp={onUp}
          onPointerCancel={drop}
          // The press that ends a drag has done its work.
          onClick={({ detail }) => (detail === 0 || !wasDragged.current) && onAdd(kind)}
          className="flex w-full cursor-grab touch-none items-center gap-2.5 rounded-m px-1.5 py-1.25 select-none hover:bg-raised"
        >
          <Entry kind={kind} hint />
        </button>
      ))}
      {held && (
        <span className="pointer-events-none fixed z-50 flex w-52 items-center gap-2.5 rounded-card border border-accent-graph bg-surface p-2.5 opacity-90 shadow-3" style={{ left: held.x, top: held.y, transform: 'translate(-50%, -24px)' }}>
          <Entry kind={held.kind} />
        </span>
      )}
    </section>
  );
}

function Entry({ kind, hint }: { kind: NodeKind; hint?: boolean }) {
  const { title, hint: words, Icon, glyph } = kindLooks[kind];
  return (
    <>
      <span className={`grid size-7 place-items-center rounded-m ${glyph}`}>
        <Icon className="size-4" strokeWidth={1.75} />
      </span>
      <span className="min-w-0">
        <span className="block truncate text-label text-ink">{title}</span>
        {hint && <span className="block truncate text-tiny text-ink-3">{words}</span>}
      </span>
    </>
  );
}
