import { useEffect, useRef, useState, type MouseEvent, type PointerEvent, type RefObject } from 'react';
import { distance, middle, moved, swipeOf, tapScale, whole, within, zoomAt, type Point, type Size, type Swipe, type View } from './zoom';

/** Milliseconds and pixels between two taps that are one double tap. */
const doubleTapMs = 300;
const doubleTapPx = 28;
/** One press of a key or button. */
export const stepFactor = 1.4;

interface ZoomOptions {
  stage: RefObject<HTMLElement | null>;
  picture: RefObject<HTMLElement | null>;
  /** A clip is swiped, not enlarged. */
  zoomable: boolean;
  onSwipe: (swipe: Swipe) => void;
}

/** Pixels at the lower edge of a clip where its own controls are. */
const controlsHeight = 72;

const sizeOf = (element: HTMLElement | null): Size => ({ width: element?.offsetWidth ?? 0, height: element?.offsetHeight ?? 0 });

/** Pinch, double tap, wheel with Ctrl, drag when enlarged; swipes when not. `pulled` is how far a finger has pulled the whole picture, in pixels. */
export function useZoom({ stage, picture, zoomable, onSwipe }: ZoomOptions) {
  const [view, setView] = useState<View>(whole);
  const [pulled, setPulled] = useState<Point | null>(null);
  const pointers = useRef(new Map<number, Point>());
  const pull = useRef<Point | null>(null);
  const tap = useRef<{ at: number; point: Point; moved: boolean } | null>(null);
  const byTouch = useRef(false);
  const lastTap = useRef<{ at: number; point: Point } | null>(null);

  const change = (next: (before: View) => View) => zoomable && setView((before) => within(next(before), sizeOf(picture.current), sizeOf(stage.current)));
  /** From the middle of the stage. */
  const pointOf = (event: { clientX: number; clientY: number }): Point => {
    const box = stage.current?.getBoundingClientRect();
    return box ? { x: event.clientX - box.left - box.width / 2, y: event.clientY - box.top - box.height / 2 } : { x: 0, y: 0 };
  };
  const zoomBy = (factor: number, at: Point = { x: 0, y: 0 }) => change((before) => zoomAt(before, factor, at));
  const toggle = (at: Point) => change((before) => (before.scale > 1 ? whole : zoomAt(before, tapScale, at)));

  // A wheel is only kept from the page by a listener that says so when it is added; React's does not.
  const onWheel = useRef<(event: WheelEvent) => void>(() => undefined);
  useEffect(() => {
    onWheel.current = (event) => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      zoomBy(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.06 : 0.004)), pointOf(event));
    };
  });
  useEffect(() => {
    const element = stage.current;
    if (!element) return;
    const listen = (event: WheelEvent) => onWheel.current(event);
    element.addEventListener('wheel', listen, { passive: false });
    return () => element.removeEventListener('wheel', listen);
  }, [stage]);

  const letGo = (event: PointerEvent, cancelled: boolean) => {
    if (!pointers.current.delete(event.pointerId)) return;
    const began = tap.current;
    const far = pull.current;
    if (pointers.current.size > 0) return;
    tap.current = null;
    pull.current = null;
    setPulled(null);
    if (cancelled || !began) return;
    const meant = far && swipeOf(far);
    if (meant) {
      onSwipe(meant);
    } else if (!began.moved && event.pointerType === 'touch') {
      const before = lastTap.current;
      const isSecond = before !== null && event.timeStamp - before.at < doubleTapMs && distance(before.point, began.point) < doubleTapPx;
      if (isSecond) toggle(began.point);
      lastTap.current = isSecond ? null : { at: event.timeStamp, point: began.point };
    }
  };

  const handlers = {
    onPointerDown: (event: PointerEvent) => {
      if (event.button !== 0 || (event.target instanceof Element && event.target.closest('button'))) return;
      if (!zoomable && event.clientY > (picture.current?.getBoundingClientRect().bottom ?? Infinity) - controlsHeight) return;
      const point = pointOf(event);
      byTouch.current = event.pointerType === 'touch';
      pointers.current.set(event.pointerId, point);
      if (pointers.current.size === 1) tap.current = { at: event.timeStamp, point, moved: false };
      else if (tap.current) tap.current.moved = true;
      pull.current = null;
      setPulled(null);
      // A clip's own controls want their events themselves.
      if (zoomable) stage.current?.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const before = pointers.current.get(event.pointerId);
      if (!before) return;
      const point = pointOf(event);
      const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
      pointers.current.set(event.pointerId, point);
      if (tap.current && distance(tap.current.point, point) > 8) tap.current.moved = true;
      if (other) {
        const [from, to] = [middle(before, other), middle(point, other)];
        const factor = distance(point, other) / Math.max(1, distance(before, other));
        change((now) => moved(zoomAt(now, factor, from), { x: to.x - from.x, y: to.y - from.y }));
      } else if (view.scale > 1) {
        change((now) => moved(now, { x: point.x - before.x, y: point.y - before.y }));
      } else if (event.pointerType === 'touch' && tap.current) {
        pull.current = { x: point.x - tap.current.point.x, y: point.y - tap.current.point.y };
        setPulled(pull.current);
      }
    },
    onPointerUp: (event: PointerEvent) => letGo(event, false),
    onPointerCancel: (event: PointerEvent) => letGo(event, true),
    onDoubleClick: (event: MouseEvent) => {
      // Two taps were counted above, where a browser also calls them a double click.
      if (!byTouch.current && !(event.target instanceof Element && event.target.closest('button'))) toggle(pointOf(event));
    },
  };
  return {
    view,
    pulled,
    handlers,
    zoomIn: () => zoomBy(stepFactor),
    zoomOut: () => zoomBy(1 / stepFactor),
    reset: () => change(() => whole),
    pan: (by: Point) => change((before) => moved(before, by)),
  };
}
