import { ArrowRight, Search } from 'lucide-react';
import { Popover } from 'radix-ui';
import { useId, useState, type KeyboardEvent } from 'react';
import { cn } from '@/ui/cn';
import { nodeKinds, ofKind, partnersOf, refusal, type Graph, type GraphNode, type NodeKind } from '../graph/graph';
import { lineOf } from './describe';
import { kindLooks } from './kinds';
import type { Model } from '@/domain/api';

/** Where the palette opened, and which wire waits for its other end. */
export interface PaletteAt {
  x: number;
  y: number;
  pending: { node: string; side: 'after' | 'before' } | null;
  /** Where on the canvas the wire was let go; null where it was asked for by a key. */
  spot: { x: number; y: number } | null;
}

export type PaletteChoice = { add: NodeKind } | { join: string };

interface PaletteProps {
  at: PaletteAt;
  graph: Graph;
  models: readonly Model[];
  onChoose: (choice: PaletteChoice) => void;
  onClose: () => void;
}

interface Line {
  key: string;
  label: string;
  hint: string;
  node: GraphNode | null;
  kind: NodeKind;
  choice: PaletteChoice;
}

/** What can be added here, or joined: only what the pending wire fits. */
export function linesOf({ pending }: PaletteAt, graph: Graph, models: readonly Model[]): Line[] {
  const from = graph.nodes.find((node) => node.id === pending?.node);
  const kinds = pending && from ? partnersOf(from.kind, pending.side) : nodeKinds;
  const joins = pending ? graph.nodes.filter((node) => (pending.side === 'after' ? refusal(graph, pending.node, node.id) : refusal(graph, node.id, pending.node)) === null) : [];
  return [
    ...joins.map((node) => ({ key: node.id, label: kindLooks[node.kind].title, hint: lineOf(node, models), node, kind: node.kind, choice: { join: node.id } })),
    ...kinds.map((kind) => ({ key: kind, label: kindLooks[kind].title, hint: kindLooks[kind].hint, node: null, kind, choice: { add: kind } })),
  ];
}

export function Palette({ at, graph, models, onChoose, onClose }: PaletteProps) {
  const id = useId();
  const [wanted, setWanted] = useState('');
  const [active, setActive] = useState(0);
  const all = linesOf(at, graph, models);
  const lines = all.filter(({ label, hint }) => `${label} ${hint}`.toLowerCase().includes(wanted.trim().toLowerCase()));
  const current = Math.min(active, lines.length - 1);
  const onKey = (event: KeyboardEvent) => {
    const chosen = lines[current];
    if (event.key === 'ArrowDown') setActive((current + 1) % Math.max(1, lines.length));
    else if (event.key === 'ArrowUp') setActive((current - 1 + lines.length) % Math.max(1, lines.length));
    else if (event.key === 'Enter' && chosen) onChoose(chosen.choice);
    else return;
    event.preventDefault();
  };
  const title = at.pending ? 'Connect to' : 'Add a step';
  return (
    <Popover.Root open onOpenChange={(open) => !open && onClose()}>
      <Popover.Anchor asChild>
        <span className="pointer-events-none fixed" style={{ left: at.x, top: at.y }} />
      </Popover.Anchor>
      <Popover.Portal>
        <Popover.Content aria-label={title} side="bottom" align="start" sideOffset={4} collisionPadding={12} onCloseAutoFocus={(event) => event.preventDefault()} className="z-50 w-72 overflow-hidden rounded-card border border-line-2 bg-popover shadow-3 animate-rise">
          <div className="flex h-11 items-center gap-2 border-b border-line px-3">
            <Search className="size-4 shrink-0 text-ink-3" />
            <input
              role="combobox"
              aria-expanded="true"
              aria-label={title}
              aria-controls={id}
              aria-activedescendant={current >= 0 ? `${id}-${current}` : undefined}
              value={wanted}
              onChange={(event) => {
                setWanted(event.target.value);
                setActive(0);
              }}
              onKeyDown={onKey}
              placeholder={title}
              className="min-w-0 flex-1 bg-transparent text-body text-ink outline-none"
            />
          </div>
          <ul id={id} role="listbox" aria-label={title} className="max-h-80 overflow-y-auto p-1.5">
            {lines.map(({ key, label, hint, node, kind }, index) => {
              const { Icon, glyph } = kindLooks[kind];
              return (
                // The field above holds the focus and hears the keys.
                // eslint-disable-next-line jsx-a11y/click-events-have-key-events
                <li
                  key={key}
                  id={`${id}-${index}`}
                  role="option"
                  aria-selected={index === current}
                  tabIndex={-1}
                  onPointerMove={() => setActive(index)}
                  onClick={() => lines[index] && onChoose(lines[index].choice)}
                  className={cn('flex cursor-pointer items-center gap-2.5 rounded-m px-2 py-1.75 max-lg:py-3', index === current && 'bg-hover')}
                >
                  <span className={cn('grid size-7.5 place-items-center rounded-m', glyph)}>{node ? <ArrowRight className="size-4" /> : <Icon className="size-4" strokeWidth={1.75} />}</span>
                  <span className="min-w-0">
                    <span className="block truncate text-label text-ink">{at.pending && !node ? `New: ${label}` : label}</span>
                    <span className="block truncate text-small text-ink-3">{hint}</span>
                  </span>
                </li>
              );
            })}
          </ul>
          {lines.length === 0 && <p className="px-4 pb-4 text-small text-ink-3">{all.length === 0 ? 'Nothing can follow here.' : 'No step is called that.'}</p>}
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

/** Photos of a node, or none where it has none. */
export const photosOf = (node: GraphNode) => ofKind(node, 'upload_images')?.config.images ?? [];
