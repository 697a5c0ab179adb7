import { useStoreApi } from '@xyflow/react';
import { createContext, useContext, useEffect, useLayoutEffect, useRef } from 'react';

interface Point {
  x: number;
  y: number;
}

/**
 * Where the pointer has what is dragged, in pixels of the canvas: told to the step itself, its wires and the map, which move what is drawn of them.
 *
 * The canvas hears of it when it is dropped. Told at every frame, it would ask each of a hundred steps, their ends and wires what became of them, and
 * React would look for what to draw among all of them.
 */
export class Dragged {
  #places: ReadonlyMap<string, Point> = new Map();
  readonly #heard = new Map<string, Set<() => void>>();

  get places() {
    return this.#places;
  }

  move(places: ReadonlyMap<string, Point>) {
    const ids = [...new Set([...this.#places.keys(), ...places.keys()])];
    if (ids.length === 0) return;
    this.#places = places;
    for (const id of [...ids, anyStep]) for (const hear of this.#heard.get(id) ?? []) hear();
  }

  on(id: string, hear: () => void) {
    const heard = this.#heard.get(id) ?? new Set();
    this.#heard.set(id, heard.add(hear));
    return () => {
      heard.delete(hear);
      if (heard.size === 0) this.#heard.delete(id);
    };
  }
}

/** In place of a step's id: whichever is dragged. */
export const anyStep = '*';

export const DraggedContext = createContext(new Dragged());

/**
 * Calls `draw` whenever one of two steps (or the only one, or any) is moved or let go, and after each drawing of the component meanwhile. What it is given
 * tells how far from where the canvas has it a step is.
 */
export function useDragged(one: string, other: string, draw: (shift: (id: string) => Point, dragged: Dragged) => void) {
  const dragged = useContext(DraggedContext);
  const nodes = useStoreApi();
  const now = useRef(() => {});
  useLayoutEffect(() => {
    now.current = () =>
      draw((id) => {
        const place = dragged.places.get(id);
        const lies = place && nodes.getState().nodeLookup.get(id)?.position;
        return place && lies ? { x: place.x - lies.x, y: place.y - lies.y } : { x: 0, y: 0 };
      }, dragged);
    if (dragged.places.size > 0) now.current();
  });
  useEffect(() => {
    const hear = () => now.current();
    const [end, endOther] = [dragged.on(one, hear), dragged.on(other, hear)];
    return () => {
      end();
      endOther();
    };
  }, [dragged, one, other]);
}
