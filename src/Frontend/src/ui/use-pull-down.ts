import { useEffect, useRef, useState, type RefObject } from 'react';

interface PullDown {
  onPulled: () => void;
  enabled?: boolean;
  /** Pixels after which letting go counts. */
  farEnough: number;
}

// What a finger may tremble before it means a direction.
const slop = 8;
// These have gestures of their own.
const own = 'input, textarea, select, video, [role="slider"], [data-own-touch]';

/** Whether anything between the finger and the edge of `root` could still be scrolled back down by this pull. */
function isScrolled(target: Element, root: Element): boolean {
  for (let element: Element | null = target; element; element = element === root ? null : element.parentElement) if (element.scrollTop > 0) return true;
  return false;
}

/** A finger that pulls an element down while nothing under it is scrolled. Returns how far it is pulled, in pixels. */
export function usePullDown(ref: RefObject<HTMLElement | null>, { onPulled, enabled = true, farEnough }: PullDown): number {
  const [offset, setOffset] = useState(0);
  const latest = useRef(onPulled);
  useEffect(() => {
    latest.current = onPulled;
  });

  useEffect(() => {
    const root = ref.current;
    if (!root || !enabled) return;
    let start: { x: number; y: number } | null = null;
    let far = 0;
    let pulling = false;
    const end = () => {
      start = null;
      pulling = false;
      far = 0;
      setOffset(0);
    };
    const onStart = ({ touches, target }: TouchEvent) => {
      end();
      const [finger] = touches;
      if (!finger || touches.length > 1 || !(target instanceof Element) || target.closest(own)) return;
      const dialog = target.closest('dialog');
      if ((dialog && dialog !== root && root.contains(dialog)) || isScrolled(target, root)) return;
      start = { x: finger.clientX, y: finger.clientY };
    };
    const onMove = (event: TouchEvent) => {
      const [finger] = event.touches;
      if (!start || !finger) return;
      if (event.touches.length > 1) return end();
      const across = Math.abs(finger.clientX - start.x);
      const down = finger.clientY - start.y;
      if (!pulling && Math.max(across, Math.abs(down)) < slop) return;
      if (!pulling && down < across * 1.5) return end();
      pulling = true;
      // Else the browser would scroll with the same finger.
      if (event.cancelable) event.preventDefault();
      far = Math.max(0, down);
      setOffset(far);
    };
    const onEnd = () => {
      const counts = pulling && far >= farEnough;
      end();
      if (counts) latest.current();
    };
    root.addEventListener('touchstart', onStart, { passive: true });
    root.addEventListener('touchmove', onMove, { passive: false });
    root.addEventListener('touchend', onEnd);
    root.addEventListener('touchcancel', end);
    return () => {
      root.removeEventListener('touchstart', onStart);
      root.removeEventListener('touchmove', onMove);
      root.removeEventListener('touchend', onEnd);
      root.removeEventListener('touchcancel', end);
    };
  }, [ref, enabled, farEnough]);

  return offset;
}
