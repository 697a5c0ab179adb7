import { describe, expect, it } from 'vitest';
import { readPlace } from './use-scroll-place';

describe('a place in the library', () => {
  it('is read as it was kept, and not at all where it makes no sense', () => {
    expect(readPlace(() => '{"id":7,"slot":3,"offset":-12}')).toEqual({ id: 7, slot: 3, offset: -12 });
    expect([null, '', '{', 'null', '{"id":"7"}', '{"id":7,"slot":3}'].map((stored) => readPlace(() => stored))).toEqual([null, null, null, null, null, null]);
  });
});
