import { useRef, useState, type PointerEvent } from 'react';

/** Pixels after which letting go counts. */
const farEnough = 56;

/** A finger that throws an element upwards. Sideways movement stays the list's own. `offset` is how far it is pulled, in pixels. */
export function useSwipeUp(onSwipe: () => void) {
  const start = useRef<{ id: number; x: number; y: number } | null>(null);
  const [offset, setOffset] = useState(0);
  const end = () => {
    start.current = null;
    setOffset(0);
  };
  return {
    offset,
    gone: offset >= farEnough,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType === 'touch') start.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event: PointerEvent) => {
        const from = start.current;
        if (!from || from.id !== event.pointerId) return;
        const up = from.y - event.clientY;
        setOffset(up > Math.abs(event.clientX - from.x) ? Math.max(0, up) : 0);
      },
      onPointerUp: (event: PointerEvent) => {
        if (start.current?.id === event.pointerId && start.current.y - event.clientY >= farEnough) onSwipe();
        end();
      },
      onPointerCancel: end,
    },
  };
}
