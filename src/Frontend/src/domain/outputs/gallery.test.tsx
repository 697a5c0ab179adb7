import { act, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { useRef } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { anItem } from '@/testing/builders';
import { withSize } from '@/testing/sized';
import { Gallery, type Waiting } from './gallery';
import type { GalleryItem } from './gallery-item';
import { LayoutSwitch } from './gallery-layout';

const labelOf = (_: GalleryItem, index: number) => `Image ${index + 1}`;
const waitingFor = (count: number): Waiting => ({ count, ratio: 1.5, render: (index) => <span>Waiting {index + 1}</span> });

let reads = 0;
/** Pictures whose ratios are counted when somebody looks at them. */
const many = (count: number, from = 0) =>
  Array.from({ length: count }, (_, n) => {
    const ratio = 0.7 + ((n * 37) % 13) / 10;
    return Object.defineProperty(anItem({ key: `output-${from + n}`, outputId: from + n }), 'ratio', { enumerable: true, get: () => ((reads += 1), ratio) });
  });

interface PageProps {
  items: readonly GalleryItem[];
  fresh?: readonly GalleryItem[];
  waiting?: Waiting | undefined;
  onOpen?: (index: number) => void;
  onSelect?: (index: number, selected: boolean, range: boolean) => void;
}

const nothing = () => undefined;

function Page({ items, fresh, waiting, onOpen = nothing, onSelect }: PageProps) {
  const scroller = useRef<HTMLDivElement>(null);
  return (
    <div ref={scroller}>
      <LayoutSwitch />
      <Gallery items={items} {...(fresh && { fresh })} waiting={waiting} scroller={scroller} labelOf={labelOf} onOpen={onOpen} onSelect={onSelect} />
    </div>
  );
}

const layouts = ['Rows', 'Grid', 'Masonry', 'Carousel'] as const;
const tiles = () => screen.getAllByRole('button', { name: /^Image \d+$/ });
const choose = (layout: (typeof layouts)[number]) => userEvent.click(screen.getByRole('radio', { name: layout }));

describe('a gallery of ten thousand', () => {
  withSize(1000, 900);
  afterEach(() => act(() => localStorage.clear()));

  it.each(layouts)('has in %s only what is in view in the page, in order', async (layout) => {
    render(<Page items={many(10_000)} />);
    await choose(layout);
    const shown = tiles();
    expect(shown.length).toBeGreaterThan(3);
    expect(shown.length).toBeLessThan(120);
    expect(shown[0]).toHaveAccessibleName('Image 1');
  });

  it.each(layouts)('is in %s as long from the start as it will be', async (layout) => {
    const { container, rerender } = render(<Page items={many(10)} waiting={waitingFor(9_990)} />);
    await choose(layout);
    const extent = () => [...container.querySelectorAll<HTMLElement>('[style]')].map(({ style }) => Math.max(parseFloat(style.height) || 0, parseFloat(style.width) || 0)).reduce((a, b) => Math.max(a, b), 0);
    const before = extent();
    expect(before).toBeGreaterThan(50_000);
    rerender(<Page items={many(10)} fresh={[anItem({ key: 'output-77', ratio: 1.5 })]} waiting={waitingFor(9_989)} />);
    expect(extent()).toBe(before);
  });

  it.each(layouts)('lays nothing out again in %s because something arrived', async (layout) => {
    const items = many(10_000);
    const { rerender } = render(<Page items={items} waiting={waitingFor(500)} />);
    await choose(layout);
    reads = 0;
    for (let n = 1; n <= 20; n += 1) rerender(<Page items={items} fresh={many(n, 10_000)} waiting={waitingFor(500 - n)} />);
    expect(reads).toBe(0);
  });

  it('shows what arrived in the place that was kept for it', () => {
    const items = many(2);
    const { rerender } = render(<Page items={items} waiting={waitingFor(2)} />);
    const place = screen.getByText('Waiting 1').parentElement;
    rerender(<Page items={items} fresh={[anItem({ key: 'output-9', ratio: 1.5 })]} waiting={waitingFor(1)} />);
    expect(place).toContainElement(screen.getByRole('button', { name: 'Image 3' }));
    expect(screen.getByText('Waiting 1')).toBeInTheDocument();
  });

  it('draws a tile again only when it changed', () => {
    const items = many(40);
    const spy = vi.fn(nothing);
    const actionsOf = vi.fn(() => null);
    function Watched({ fresh }: { fresh: readonly GalleryItem[] }) {
      const scroller = useRef<HTMLDivElement>(null);
      return (
        <div ref={scroller}>
          <Gallery items={items} fresh={fresh} scroller={scroller} labelOf={labelOf} onOpen={spy} actionsOf={actionsOf} />
        </div>
      );
    }
    const { rerender } = render(<Watched fresh={[]} />);
    const drawn = actionsOf.mock.calls.length;
    expect(drawn).toBeGreaterThan(10);
    rerender(<Watched fresh={[anItem({ key: 'output-99' })]} />);
    expect(actionsOf.mock.calls.length - drawn).toBeLessThanOrEqual(1);
  });

  it('opens and marks by place, with everything between when Shift is held', async () => {
    const onOpen = vi.fn();
    const onSelect = vi.fn();
    render(<Page items={many(5)} onOpen={onOpen} onSelect={onSelect} />);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: 'Image 2' }));
    expect(onOpen).toHaveBeenCalledWith(1);
    await user.keyboard('{Shift>}');
    await user.click(screen.getByRole('checkbox', { name: 'Select Image 4' }));
    expect(onSelect).toHaveBeenCalledWith(3, true, true);
  });
});

describe('a carousel', () => {
  withSize(1000, 900);

  it('shows the large copy and steps along by buttons', async () => {
    render(<Page items={many(50)} />);
    await choose('Carousel');
    expect(tiles()[0]?.querySelector('img')?.getAttribute('src')).toBe('/assets/50/thumbnail?w=1024');
    const strip = screen.getByRole('group', { name: 'Outputs, side by side' });
    expect(strip).toHaveAttribute('tabindex', '0');
    const scrollBy = vi.fn();
    strip.scrollBy = scrollBy;
    await userEvent.click(screen.getByRole('button', { name: 'On along the line' }));
    expect(scrollBy).toHaveBeenCalledWith(expect.objectContaining({ left: 800 }));
    await userEvent.click(screen.getByRole('button', { name: 'Back along the line' }));
    expect(scrollBy).toHaveBeenLastCalledWith(expect.objectContaining({ left: -800 }));
  });
});

describe('masonry', () => {
  withSize(1000, 900);

  it('puts each picture into the shortest column', async () => {
    const ratios = [2, 1, 0.5, 1, 1];
    render(<Page items={ratios.map((ratio, n) => anItem({ key: `output-${n}`, ratio }))} />);
    await choose('Masonry');
    const places = tiles().map((tile) => tile.closest<HTMLElement>('[style*="translate"]')?.style.translate.split(' ').map((part) => Math.round(parseFloat(part))));
    // Four columns of 242.5 with gaps of 10; the first picture is the flattest, so the fifth comes under it.
    expect(places.map((place) => place?.[0])).toEqual([0, 253, 505, 758, 0]);
    expect(places[4]?.[1]).toBe(131);
  });
});
