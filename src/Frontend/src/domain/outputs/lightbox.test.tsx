import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { act, fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { describe, expect, it, vi } from 'vitest';
import { anItem, anOutput } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { withSize } from '@/testing/sized';
import type { GalleryItem } from './gallery-item';
import { Lightbox } from './lightbox';

testServer(
  http.get('*/pipelines/7/steps/21/outputs', ({ request }) => {
    const id = Number(new URL(request.url).searchParams.get('ids'));
    return HttpResponse.json({ data: [anOutput({ id, prompt: `prompt of ${id}`, seed: 40 + id, cost: 0.028 })], next_cursor: null });
  }),
);

const three = [1, 2, 3].map((n) => anItem({ key: `output-${n}`, outputId: n, prompt: null, url: `/assets/${n}/content` }));
const closed = vi.fn();

function Open({ items, at }: { items: readonly GalleryItem[]; at: number }) {
  const [index, setIndex] = useState<number | null>(at);
  return (
    <Lightbox
      items={items}
      index={index}
      onIndex={(next) => {
        if (next === null) closed();
        setIndex(next);
      }}
    />
  );
}

const open = (at = 1, items: readonly GalleryItem[] = three) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Open items={items} at={at} />
    </QueryClientProvider>,
  );

const image = () => screen.getByRole('img');
const scale = () => Number(/scale\(([\d.]+)\)/.exec(image().style.transform)?.[1]);
const stage = () => image().parentElement ?? document.body;
const finger = (type: 'pointerDown' | 'pointerMove' | 'pointerUp', x: number, y: number, pointerId = 1) => fireEvent[type](stage(), { pointerId, pointerType: 'touch', clientX: x, clientY: y, button: 0 });

describe('the lightbox', () => {
  withSize(1000, 800);
  HTMLElement.prototype.setPointerCapture = () => undefined;

  it('tells all about an output once somebody looks at it', async () => {
    open();
    expect(await screen.findByText('prompt of 2')).toBeInTheDocument();
    expect(screen.getByText('42')).toBeInTheDocument();
    expect(screen.getByText('2 of 3')).toBeInTheDocument();
    await userEvent.keyboard('{ArrowRight}');
    expect(await screen.findByText('prompt of 3')).toBeInTheDocument();
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByText('3 of 3')).toBeInTheDocument();
  });

  it('enlarges by keyboard and moves the enlarged picture with the arrows', async () => {
    open();
    await userEvent.keyboard('++');
    expect(scale()).toBeCloseTo(1.96);
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByText('2 of 3')).toBeInTheDocument();
    expect(image().style.transform).toContain('translate(-80px');
    await userEvent.keyboard('-');
    expect(scale()).toBeCloseTo(1.4);
    await userEvent.keyboard('0');
    expect(scale()).toBe(1);
    await userEvent.keyboard('{ArrowRight}');
    expect(screen.getByText('3 of 3')).toBeInTheDocument();
  });

  it('enlarges with the wheel only when Ctrl is held', () => {
    open();
    fireEvent.wheel(stage(), { deltaY: -100 });
    expect(scale()).toBe(1);
    fireEvent.wheel(stage(), { deltaY: -100, ctrlKey: true });
    expect(scale()).toBeGreaterThan(1.2);
  });

  it('enlarges and shrinks by a double tap', () => {
    open();
    const tap = () => {
      finger('pointerDown', 300, 300);
      finger('pointerUp', 300, 300);
    };
    tap();
    expect(scale()).toBe(1);
    tap();
    expect(scale()).toBe(2.5);
    tap();
    tap();
    expect(scale()).toBe(1);
  });

  it('enlarges by two fingers that part, and drags it with one', () => {
    open();
    finger('pointerDown', 400, 400, 1);
    finger('pointerDown', 500, 400, 2);
    finger('pointerMove', 650, 400, 2);
    expect(scale()).toBeCloseTo(2.5);
    finger('pointerUp', 650, 400, 2);
    const before = image().style.transform;
    finger('pointerMove', 380, 390, 1);
    expect(image().style.transform).not.toBe(before);
    finger('pointerUp', 380, 390, 1);
    expect(screen.getByText('2 of 3')).toBeInTheDocument();
  });

  it('goes on by a swipe to the side and closes by one downwards', () => {
    open();
    const swipe = (x: number, y: number) => {
      finger('pointerDown', 500, 300);
      finger('pointerMove', 500 + x, 300 + y);
      finger('pointerUp', 500 + x, 300 + y);
    };
    swipe(-120, 10);
    expect(screen.getByText('3 of 3')).toBeInTheDocument();
    swipe(120, 10);
    expect(screen.getByText('2 of 3')).toBeInTheDocument();
    swipe(10, 40);
    expect(closed).not.toHaveBeenCalled();
    swipe(10, 150);
    expect(closed).toHaveBeenCalledOnce();
  });

  it('says who really made it, and that it cost nothing', async () => {
    open(0, [anItem({ provider: 'replicate', insteadOf: 'fal', reused: true })]);
    expect(screen.getByText('From before, $0')).toBeInTheDocument();
    expect(screen.getByText('Replicate, stood in for fal, from before, $0')).toBeInTheDocument();
    await act(() => Promise.resolve());
  });
});
