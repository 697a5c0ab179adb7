import { act, fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PullToRefresh } from './pull-to-refresh';

function Page({ onRefresh }: { onRefresh: () => Promise<unknown> }) {
  const ref = useRef<HTMLDivElement>(null);
  return (
    <>
      <div ref={ref}>page</div>
      <PullToRefresh target={ref} onRefresh={onRefresh} />
    </>
  );
}

function pull() {
  const page = screen.getByText('page');
  fireEvent.touchStart(page, { touches: [{ clientX: 0, clientY: 0 }] });
  fireEvent.touchMove(page, { touches: [{ clientX: 0, clientY: 120 }] });
  fireEvent.touchEnd(page);
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it('loads once, says so, and rests only when that is over', async () => {
  let finish = () => undefined as void;
  const onRefresh = vi.fn(() => new Promise<void>((resolve) => (finish = resolve)));
  render(<Page onRefresh={onRefresh} />);
  pull();
  expect(screen.getByRole('status')).toHaveTextContent('Loading again');
  pull();
  expect(onRefresh).toHaveBeenCalledTimes(1);
  finish();
  await act(() => vi.advanceTimersByTimeAsync(400));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});

it('rests after a refresh that failed, too', async () => {
  render(<Page onRefresh={() => Promise.reject(new Error('no'))} />);
  pull();
  await act(() => vi.advanceTimersByTimeAsync(400));
  expect(screen.getByRole('status')).toBeEmptyDOMElement();
});
