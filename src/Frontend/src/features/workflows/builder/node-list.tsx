import { ChevronRight, Plus } from 'lucide-react';
import { Button } from '@/ui/button';
import { parentsOf, type Graph } from '../graph/graph';
import { nodeTitles } from '../graph/problems';
import { Card, type CardView } from './card';

interface NodeListProps {
  graph: Graph;
  cards: ReadonlyMap<string, CardView>;
  onOpen: (id: string) => void;
  onAdd: (x: number, y: number) => void;
  onAfter: (id: string, x: number, y: number) => void;
}

/** The steps one below the other, where there is no room for a canvas: each says what feeds it. */
export function NodeList({ graph, cards, onOpen, onAdd, onAfter }: NodeListProps) {
  const ordered = inOrder(graph);
  return (
    <div className="flex flex-col gap-3">
      <ol aria-label="Steps" className="flex flex-col gap-3">
        {ordered.map((node) => {
          const view = cards.get(node.id);
          const from = parentsOf(graph, node.id);
          return (
            view && (
              <li key={node.id} className="flex flex-col gap-1.5">
                {from.length > 0 && (
                  <p className="flex items-center gap-1 pl-1 text-small text-ink-3">
                    <ChevronRight className="size-3.5 rotate-90" />
                    from {from.map((parent) => nodeTitles[parent.kind].toLowerCase()).join(' and ')}
                  </p>
                )}
                <button type="button" aria-label={view.spoken} onClick={() => onOpen(node.id)} className="w-full rounded-card text-left">
                  <Card view={view} />
                </button>
                {node.kind !== 'generate_videos' && (
                  <Button look="ghost" small className="self-start" aria-label={`Add what follows ${nodeTitles[node.kind].toLowerCase()}`} onClick={({ clientX, clientY }) => onAfter(node.id, clientX, clientY)}>
                    <Plus className="size-4" />
                    Then…
                  </Button>
                )}
              </li>
            )
          );
        })}
      </ol>
      <Button onClick={({ clientX, clientY }) => onAdd(clientX, clientY)}>
        <Plus className="size-4" />
        Add a step
      </Button>
    </div>
  );
}

/** Every step after what feeds it, otherwise from top to bottom as drawn. */
export function inOrder(graph: Graph): Graph['nodes'] {
  const placed: Graph['nodes'][number][] = [];
  const put = new Set<string>();
  const rest = [...graph.nodes].sort((a, b) => a.y - b.y || a.x - b.x);
  while (rest.length > 0) {
    const at = rest.findIndex((node) => parentsOf(graph, node.id).every((parent) => put.has(parent.id)));
    // In a circle nobody is first.
    const [node] = rest.splice(Math.max(0, at), 1);
    if (!node) break;
    put.add(node.id);
    placed.push(node);
  }
  return placed;
}
