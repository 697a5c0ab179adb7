import { describe, expect, it, vi } from 'vitest';
import { anyStep, Dragged } from './dragged';

describe('what is dragged', () => {
  it('is heard of by who draws it, when it moves and when it is let go, and by nobody else', () => {
    const dragged = new Dragged();
    const [mine, other, all] = [vi.fn(), vi.fn(), vi.fn()];
    dragged.on('a', mine);
    dragged.on('b', other);
    dragged.on(anyStep, all);

    dragged.move(new Map([['a', { x: 3, y: 4 }]]));
    expect(dragged.places.get('a')).toEqual({ x: 3, y: 4 });
    dragged.move(new Map());
    expect(dragged.places.size).toBe(0);
    expect([mine, other, all].map((heard) => heard.mock.calls.length)).toEqual([2, 0, 2]);
  });

  it('tells nobody that nothing is dragged any more when nothing was', () => {
    const dragged = new Dragged();
    const all = vi.fn();
    dragged.on(anyStep, all);
    dragged.move(new Map());
    expect(all).not.toHaveBeenCalled();
  });

  it('is not heard of by who stopped listening', () => {
    const dragged = new Dragged();
    const [gone, stays] = [vi.fn(), vi.fn()];
    dragged.on('a', gone)();
    dragged.on('a', stays);
    dragged.move(new Map([['a', { x: 1, y: 1 }]]));
    expect([gone, stays].map((heard) => heard.mock.calls.length)).toEqual([0, 1]);
  });
});
