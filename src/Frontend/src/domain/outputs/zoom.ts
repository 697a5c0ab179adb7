export interface Point {
  x: number;
  y: number;
}

/** How a picture lies on its stage: enlarged `scale` times and moved from the middle, in pixels. */
export interface View extends Point {
  scale: number;
}

export interface Size {
  width: number;
  height: number;
}

export const whole: View = { scale: 1, x: 0, y: 0 };
export const closest = 6;
/** What a double tap or a double click enlarges to. */
export const tapScale = 2.5;

/** Keeps the picture's edges from leaving the stage's; a picture that is smaller than its stage stays in the middle. */
export function within(view: View, picture: Size, stage: Size): View {
  const scale = Math.min(closest, Math.max(1, view.scale));
  if (scale === 1) return whole;
  const most = (drawn: number, room: number) => Math.max(0, (drawn * scale - room) / 2);
  const between = (value: number, limit: number) => Math.min(limit, Math.max(-limit, value));
  return { scale, x: between(view.x, most(picture.width, stage.width)), y: between(view.y, most(picture.height, stage.height)) };
}

/** Enlarges by a factor; what lies under `at`, measured from the middle of the stage, stays under it. */
export function zoomAt(view: View, factor: number, at: Point): View {
  const scale = Math.min(closest, Math.max(1, view.scale * factor));
  const ratio = scale / view.scale;
  return { scale, x: at.x - (at.x - view.x) * ratio, y: at.y - (at.y - view.y) * ratio };
}

export const moved = (view: View, by: Point): View => ({ ...view, x: view.x + by.x, y: view.y + by.y });

export type Swipe = 'next' | 'previous' | 'close';

const sideways = 56;
const downwards = 96;

/** What a finger meant that went this far and let go; null for too little. */
export function swipeOf({ x, y }: Point): Swipe | null {
  if (Math.abs(x) > Math.abs(y)) return Math.abs(x) < sideways ? null : x < 0 ? 'next' : 'previous';
  return y >= downwards ? 'close' : null;
}

export const middle = (a: Point, b: Point): Point => ({ x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 });
export const distance = (a: Point, b: Point): number => Math.hypot(a.x - b.x, a.y - b.y);
