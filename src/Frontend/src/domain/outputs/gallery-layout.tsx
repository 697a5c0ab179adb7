import { GalleryHorizontal, Grid2x2, LayoutDashboard, Rows3 } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { Segmented } from '@/ui/radio-group';
import type { GalleryLayout } from './layouts';

const key = 'pipeline.gallery';
const listeners = new Set<() => void>();

const layouts = [
  { value: 'rows', name: 'Rows', Icon: Rows3 },
  { value: 'grid', name: 'Grid', Icon: Grid2x2 },
  { value: 'masonry', name: 'Masonry', Icon: LayoutDashboard },
  { value: 'carousel', name: 'Carousel', Icon: GalleryHorizontal },
] as const;

function read(): GalleryLayout {
  const stored = localStorage.getItem(key);
  return layouts.find(({ value }) => value === stored)?.value ?? 'rows';
}

function choose(layout: GalleryLayout): void {
  localStorage.setItem(key, layout);
  listeners.forEach((listener) => listener());
}

/** The layouts of a gallery that goes from top to bottom. */
export const upright = layouts.filter(({ value }) => value !== 'carousel');

/** How galleries lie in this browser. */
export function useGalleryLayout(): GalleryLayout {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, read);
}

/** @param offered Where a place has not all of them; rows stand in for what is missing. */
export function LayoutSwitch({ offered = layouts }: { offered?: readonly (typeof layouts)[number][] }) {
  const chosen = useGalleryLayout();
  const layout = offered.some(({ value }) => value === chosen) ? chosen : 'rows';
  const options = offered.map(({ value, name, Icon }) => ({
    value,
    label: (
      <span title={name}>
        <Icon className="size-4" aria-hidden="true" />
        <span className="sr-only">{name}</span>
      </span>
    ),
  }));
  return <Segmented small label="Layout" value={layout} options={options} onChange={choose} className="w-40 max-lg:w-52" />;
}
