// @vitest-environment jsdom
import '@/testing/setup';
import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';
import { anItem } from '@/testing/builders';
import type { GalleryItem } from './gallery-item';
import { inARow } from './item-lists';
import { useSelection } from './use-selection';

const items = [1, 2, 3, 4, 5].map((n) => anItem({ key: `output-${n}` }));
const fresh = [anItem({ key: 'output-9' })];
const start = () => renderHook(({ shown, news }: { shown: readonly GalleryItem[]; news: readonly GalleryItem[] }) => useSelection(shown, news, inARow(shown, news)), { initialProps: { shown: items, news: fresh } });
const keys = (list: readonly GalleryItem[]) => list.map(({ key }) => key);

it('marks one, and everything up to another', () => {
  const { result } = start();
  act(() => result.current.select(1, true, false));
  act(() => result.current.select(3, true, true));
  expect(keys(result.current.marked)).toEqual(['output-2', 'output-3', 'output-4']);
  act(() => result.current.select(2, false, false));
  expect(keys(result.current.marked)).toEqual(['output-2', 'output-4']);
});

it('takes all that is shown, what has just come included, and lets go of all', () => {
  const { result } = start();
  act(() => result.current.selectAll());
  expect(result.current.marked).toHaveLength(6);
  act(() => result.current.clear());
  expect(result.current.marked).toEqual([]);
});

it('holds nothing that is not shown', () => {
  const { result, rerender } = start();
  act(() => result.current.selectAll());
  rerender({ shown: items.slice(0, 2), news: [] });
  expect(keys(result.current.marked)).toEqual(['output-1', 'output-2']);
});
