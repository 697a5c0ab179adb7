import { describe, expect, it } from 'vitest';
import { closest, moved, swipeOf, whole, within, zoomAt } from './zoom';

const stage = { width: 1000, height: 800 };
const picture = { width: 600, height: 800 };

describe('enlarging', () => {
  it('keeps what is under the finger under it', () => {
    const at = { x: 120, y: -80 };
    const view = zoomAt(whole, 2, at);
    // The point of the picture that was drawn at `at`, drawn again.
    expect({ x: view.x + at.x * view.scale, y: view.y + at.y * view.scale }).toEqual(at);
    const further = zoomAt(view, 1.5, at);
    expect({ x: further.x + at.x * further.scale, y: further.y + at.y * further.scale }).toEqual(at);
  });

  it('ends at the whole picture and at the closest', () => {
    expect(zoomAt(whole, 0.1, { x: 0, y: 0 }).scale).toBe(1);
    expect(zoomAt(whole, 100, { x: 0, y: 0 }).scale).toBe(closest);
    expect(within({ scale: 1, x: 50, y: 50 }, picture, stage)).toEqual(whole);
  });

  it('lets no edge into the stage', () => {
    // Twice as large it is 1200 × 1600: 100 to either side and 400 up and down.
    expect(within(moved({ scale: 2, x: 0, y: 0 }, { x: 900, y: -900 }), picture, stage)).toEqual({ scale: 2, x: 100, y: -400 });
    expect(within({ scale: 1.2, x: 90, y: 0 }, picture, stage).x).toBe(0);
  });
});

it.each([
  [{ x: -80, y: 20 }, 'next'], [{ x: 80, y: -20 }, 'previous'], [{ x: 10, y: 120 }, 'close'], [{ x: -30, y: 5 }, null], [{ x: 0, y: -200 }, null], [{ x: 5, y: 60 }, null],
] as const)('takes a finger that went %o for %s', (by, meant) => expect(swipeOf(by)).toBe(meant));
