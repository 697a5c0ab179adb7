import { expect, it } from 'vitest';
import { findShortcuts } from './shortcuts';

it('finds by what it does, by key and by place', () => {
  expect(findShortcuts('enhance').flatMap((group) => group.keys.map((key) => key.does))).toEqual(['Enhance the prompt']);
  expect(findShortcuts('ctrl enter')[0]?.keys[0]?.does).toBe('Generate');
  expect(findShortcuts('review').map((group) => group.title)).toEqual(['Review']);
  expect(findShortcuts('nothing like it')).toEqual([]);
  expect(findShortcuts('')).toHaveLength(5);
});
