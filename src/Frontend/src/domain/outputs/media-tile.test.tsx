import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { anItem } from '@/testing/builders';
import { MediaTile } from './media-tile';

const nothing = () => undefined;
const picture = () => document.querySelector('img');

it('says that a picture did not load, and loads it again when asked', async () => {
  render(<MediaTile item={anItem()} width={240} index={0} label="Image 1" onOpen={nothing} />);
  const first = picture();
  if (first) fireEvent.error(first);
  expect(screen.getByText('The picture did not load')).toBeInTheDocument();
  expect(picture()).toBeNull();
  await userEvent.click(screen.getByRole('button', { name: 'Load Image 1 again' }));
  expect(screen.queryByText('The picture did not load')).not.toBeInTheDocument();
  expect(picture()).not.toBe(first);
});

it('shows one of very many by a copy as wide as it is drawn', () => {
  const addressAt = (width: number) => {
    const { unmount } = render(<MediaTile item={anItem({ assetId: 50 })} many width={width} index={0} label="Image 1" onOpen={nothing} />);
    const address = picture()?.getAttribute('src');
    unmount();
    return address;
  };
  expect([120, 230, 400].map(addressAt)).toEqual(['/assets/50/thumbnail?w=192', '/assets/50/thumbnail?w=256', '/assets/50/thumbnail']);
});

it.each([
  [anItem({ simulated: true }), 'Demo renderer'],
  [anItem({ reused: true }), '$0 · from before'],
  [anItem({ provider: 'replicate', insteadOf: 'fal' }), 'By Replicate, stood in'],
])('is marked when it is not what anybody would expect', (item, words) => {
  const { container } = render(<MediaTile item={item} width={240} index={0} label="Image 1" onOpen={nothing} />);
  expect(container).toHaveTextContent(words);
});
