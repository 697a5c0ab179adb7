import { fireEvent, render, screen } from '@testing-library/react';
import { useRef } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { usePullDown } from './use-pull-down';

function Page({ onPulled, enabled = true }: { onPulled: () => void; enabled?: boolean }) {
  const ref = useRef<HTMLDivElement>(null);
  const offset = usePullDown(ref, { onPulled, enabled, farEnough: 80 });
  return (
    <div ref={ref} data-testid="page">
      <div data-testid="list">
        <p>text</p>
        <input aria-label="slider" type="range" />
        <dialog open>
          <p>in a dialog</p>
        </dialog>
      </div>
      <output>{offset}</output>
    </div>
  );
}

const touch = (clientX: number, clientY: number) => ({ touches: [{ clientX, clientY }] });
function pull(at: Element, toX: number, toY: number, fingers = 1) {
  fireEvent.touchStart(at, touch(100, 100));
  const finger = { clientX: toX, clientY: toY };
  const moved = fireEvent.touchMove(at, { touches: Array.from({ length: fingers }, () => finger), cancelable: true });
  const offset = screen.getByRole('status').textContent;
  fireEvent.touchEnd(at);
  return { kept: !moved, offset };
}

describe('a pull', () => {
  it.each([
    ['far down', 100, 200, 1, 1],
    ['a little down', 100, 150, 1, 0],
    ['up', 100, 10, 1, 0],
    ['more to the side than down', 250, 200, 1, 0],
    ['of two fingers', 100, 250, 2, 0],
  ])('%s counts or not', (_, x, y, fingers, times) => {
    const onPulled = vi.fn();
    render(<Page onPulled={onPulled} />);
    pull(screen.getByText('text'), x, y, fingers);
    expect(onPulled).toHaveBeenCalledTimes(times);
  });

  it('is shown while it lasts, keeps the page from scrolling, and is over with the finger', () => {
    render(<Page onPulled={() => undefined} />);
    expect(pull(screen.getByText('text'), 100, 160)).toEqual({ kept: true, offset: '60' });
    expect(screen.getByRole('status')).toHaveTextContent('0');
  });

  it.each([
    ['something under the finger is scrolled', () => {
      screen.getByTestId('list').scrollTop = 12;
      return screen.getByText('text');
    }],
    ['it begins on a control with a gesture of its own', () => screen.getByLabelText('slider')],
    ['it begins in a dialog', () => screen.getByText('in a dialog')],
  ])('does not count when %s', (_, where) => {
    const onPulled = vi.fn();
    render(<Page onPulled={onPulled} />);
    expect(pull(where(), 100, 300)).toEqual({ kept: false, offset: '0' });
    expect(onPulled).not.toHaveBeenCalled();
  });

  it('does nothing when it is switched off', () => {
    const onPulled = vi.fn();
    render(<Page onPulled={onPulled} enabled={false} />);
    pull(screen.getByText('text'), 100, 300);
    expect(onPulled).not.toHaveBeenCalled();
  });
});
