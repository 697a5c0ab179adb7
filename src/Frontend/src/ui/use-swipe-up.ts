import { useRef, useState, type PointerEvent } from 'react';

/** Pixels after which letting go counts. */
const farEnough = 56;

/** A finger that throws an element upwards. Sideways movement stays the list's own. `offset` is how far it is pulled, in pixels. What is being dragged (`enabled` false) is not thrown. */
export function useSwipeUp(onSwipe: () => void, enabled = true) {
  const start = useRef<{ id: number; x: number; y: number } | null>(null);
  const [offset, setOffset] = useState(0);
  const end = () => {
    start.current = null;
    setOffset(0);
  };
  /** How far up the finger is; 0 when it went more to the side, or is not the one that began. */
  const pulled = (event: PointerEvent) => {
    const from = start.current;
    if (!from || from.id !== event.pointerId) return 0;
    const up = from.y - event.clientY;
    return up > Math.abs(event.clientX - from.x) ? up : 0;
  };
  return {
    offset: enabled ? offset : 0,
    gone: enabled && offset >= farEnough,
    handlers: {
      onPointerDown: (event: PointerEvent) => {
        if (event.pointerType === 'touch') start.current = { id: event.pointerId, x: event.clientX, y: event.clientY };
      },
      onPointerMove: (event: PointerEvent) => {
        setOffset(pulled(event));
      },
      onPointerUp: (event: PointerEvent) => {
        if (enabled && pulled(event) >= farEnough) onSwipe();
        end();
      },
      onPointerCancel: end,
    },
  };
}
