import { fireEvent, render, screen } from '@testing-library/react';
import { expect, it, vi } from 'vitest';
import { PendingTile, PhotoFigure } from './photo-tiles';

const image = { assetId: 1, name: 'a.png', url: '', thumbnailUrl: '/assets/1/thumbnail' };

const pull = (figure: HTMLElement, toX: number, toY: number, pointerType = 'touch') => {
  const at = (clientX: number, clientY: number) => ({ pointerId: 1, pointerType, clientX, clientY });
  fireEvent.pointerDown(figure, at(100, 200));
  fireEvent.pointerMove(figure, at(toX, toY));
  fireEvent.pointerUp(figure, at(toX, toY));
};

it.each([
  ['a finger far up', 105, 130, 'touch', false, 1],
  ['a finger a little up', 100, 170, 'touch', false, 0],
  ['a finger sideways', 20, 195, 'touch', false, 0],
  ['a finger more to the side than up', 5, 130, 'touch', false, 0],
  ['a mouse', 100, 100, 'mouse', false, 0],
  ['a finger that drags the photo to its place', 100, 100, 'touch', true, 0],
])('%s removes it or not', (_, x, y, pointer, dragged, times) => {
  const onRemove = vi.fn();
  render(<PhotoFigure image={image} onRemove={onRemove} dragged={dragged} />);
  pull(screen.getByRole('figure'), x, y, pointer);
  expect(onRemove).toHaveBeenCalledTimes(times);
});

it('says how much of a file has left, and nothing when nobody knows', () => {
  const { rerender } = render(<PendingTile upload={{ id: 1, name: 'a.png', preview: null, sent: 0.4 }} />);
  expect(screen.getByRole('progressbar', { name: 'Adding a.png' })).toHaveAttribute('aria-valuenow', '40');
  rerender(<PendingTile upload={{ id: 1, name: 'a.png', preview: null, sent: 1 }} />);
  expect(screen.getByRole('progressbar', { name: 'Adding a.png' })).not.toHaveAttribute('aria-valuenow');
});
