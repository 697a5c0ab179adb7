import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { SettingsDock } from './settings-dock';

const show = () => {
  const onOpen = vi.fn();
  render(<SettingsDock onOpen={onOpen}>price</SettingsDock>);
  return onOpen;
};
const swipe = (up: number, across = 0, pointerType = 'touch') => {
  const dock = screen.getByRole('complementary');
  fireEvent.pointerDown(dock, { pointerId: 1, pointerType, clientX: 100, clientY: 300 });
  fireEvent.pointerMove(dock, { pointerId: 1, pointerType, clientX: 100 + across, clientY: 300 - up });
  fireEvent.pointerUp(dock, { pointerId: 1, pointerType, clientX: 100 + across, clientY: 300 - up });
};

it.each([[90, 0, 1], [20, 0, 0], [90, 200, 0], [-90, 0, 0]])('a swipe %i up and %i across opens it %i times', (up, across, times) => {
  const onOpen = show();
  swipe(up, across);
  expect(onOpen).toHaveBeenCalledTimes(times);
});

it('opens by keyboard', async () => {
  const onOpen = show();
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  expect(onOpen).toHaveBeenCalledTimes(1);
});
