import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { Sheet } from './sheet';
import { Popover } from './popover';

const show = () => {
  const onClose = vi.fn();
  render(
    <Sheet title="Settings" onClose={onClose} foot={<button type="button">Go</button>}>
      <p>content</p>
      <Popover label="Models" trigger={<button type="button">Choose</button>}>
        <p>a model</p>
      </Popover>
    </Sheet>,
  );
  return onClose;
};
const pull = (to: number) => {
  const at = screen.getByText('content');
  fireEvent.touchStart(at, { touches: [{ clientX: 0, clientY: 0 }] });
  fireEvent.touchMove(at, { touches: [{ clientX: 0, clientY: to }] });
  fireEvent.touchEnd(at);
};

it.each([
  ['a long pull down', () => pull(140), 1],
  ['a short pull down', () => pull(40), 0],
  ['Escape', () => fireEvent(screen.getByRole('dialog', { name: 'Settings' }), new Event('cancel', { cancelable: true })), 1],
  ['the backdrop', () => fireEvent.click(screen.getByRole('dialog', { name: 'Settings' })), 1],
  ['the button', () => fireEvent.click(screen.getByRole('button', { name: 'Close' })), 1],
  ['a press on what is in it', () => fireEvent.click(screen.getByText('content')), 0],
])('%s closes it or not', (_, gesture, times) => {
  const onClose = show();
  gesture();
  expect(onClose).toHaveBeenCalledTimes(times);
});

it('holds what floats over it, which could not be reached outside', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Choose' }));
  expect(screen.getByRole('dialog', { name: 'Settings' })).toContainElement(await screen.findByText('a model'));
});
