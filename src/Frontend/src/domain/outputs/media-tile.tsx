import { Check, Play, RotateCcw } from 'lucide-react';
import { memo, useRef, useState, type ReactNode } from 'react';
import { thumbnailUrl } from '@/domain/assets/urls';
import { clock } from '@/domain/time';
import { cn } from '@/ui/cn';
import { MediaBadge } from '@/ui/tag';
import { useMedia } from '@/ui/use-media';
import type { GalleryItem } from './gallery-item';
import { originOf } from './origin';

const hoverDelayMs = 120;
/** Pixels: what a large tile takes on a screen of two device pixels. */
const largeWidth = 1024;
/** Narrower than the usual copy. */
const smallWidths = [192, 256];

export interface TileActions {
  onOpen: (index: number) => void;
  /** @param range With everything between this one and the one before. */
  onSelect?: ((index: number, selected: boolean, range: boolean) => void) | undefined;
  actionsOf?: ((item: GalleryItem) => ReactNode) | undefined;
}

/** Pixels: below it a badge has room for one word. */
const roomForWords = 190;

interface MediaTileProps extends TileActions {
  item: GalleryItem;
  index: number;
  label: string;
  /** Pixels, as it is laid out. */
  width: number;
  /** It has just come. */
  arrived?: boolean | undefined;
  /** As large as a carousel's. */
  large?: boolean | undefined;
  /** One of very many: a copy no larger than it is drawn, as a browser keeps a thousand of them at their full size. */
  many?: boolean | undefined;
  selected?: boolean | undefined;
  /** Left out in review: shown, but faded. */
  dropped?: boolean | undefined;
}

/** A picture at its own proportions; a clip plays, muted, while the pointer rests on it. */
export const MediaTile = memo(function MediaTile({ item, index, label, width, arrived, large, many, onOpen, selected, onSelect, dropped, actionsOf }: MediaTileProps) {
  const [playing, setPlaying] = useState(false);
  const [failures, setFailures] = useState(0);
  const [broken, setBroken] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const isVideo = item.kind === 'video';
  const origin = originOf(item);
  const copy = large ? largeWidth : many ? smallWidths.find((one) => one >= width * devicePixelRatio) : undefined;
  const small = copy !== undefined && item.assetId !== null ? thumbnailUrl(item.assetId, copy) : item.thumbnailUrl;

  const rest = () => {
    clearTimeout(timer.current);
    setPlaying(false);
  };
  const hover = () => {
    if (isVideo && !still) timer.current = setTimeout(() => setPlaying(true), hoverDelayMs);
  };

  return (
    <figure
      onPointerEnter={hover}
      onPointerLeave={rest}
      onFocus={hover}
      onBlur={rest}
      className={cn(
        'group relative isolate size-full overflow-hidden rounded-m bg-well after:pointer-events-none after:absolute after:inset-0 after:rounded-m after:shadow-[inset_0_0_0_1px_var(--tile-edge)]',
        arrived && 'animate-fade-in',
        selected && 'outline-[2.5px] outline-offset-2 outline-accent-graph',
      )}
    >
      <button type="button" onClick={() => onOpen(index)} aria-label={label} className="absolute inset-0 block size-full focus-visible:-outline-offset-2">
        {broken ? (
          <span className="grid size-full place-items-center p-2 pb-12 text-center text-small text-ink-3">The picture did not load</span>
        ) : (
          <img
            // The browser asks again for an address that failed only when the element is a new one.
            key={failures}
            src={small}
            alt=""
            loading="lazy"
            decoding="async"
            onError={() => setBroken(true)}
            className={cn('size-full object-cover transition-opacity', dropped && 'opacity-30 grayscale')}
          />
        )}
        {playing && <video src={item.url} muted loop autoPlay playsInline className="absolute inset-0 size-full object-cover" />}
      </button>
      {broken && (
        <button
          type="button"
          aria-label={`Load ${label} again`}
          onClick={() => {
            setBroken(false);
            setFailures(failures + 1);
          }}
          className="absolute bottom-3 left-1/2 z-3 flex h-8 -translate-x-1/2 items-center gap-1.5 rounded-m border border-line-2 bg-raised px-2.75 text-label whitespace-nowrap hover:border-control pointer-coarse:h-11"
        >
          <RotateCcw className="size-3.75" />
          Try again
        </button>
      )}
      {isVideo && !broken && (
        <MediaBadge className="pointer-events-none bottom-1.75 left-1.75">
          <Play className="size-2.75 fill-current" />
          {item.durationSec ? clock(item.durationSec) : 'Video'}
        </MediaBadge>
      )}
      {origin && !broken && (
        <MediaBadge className="pointer-events-none right-1.75 bottom-1.75 font-[550]">
          {origin.word}
          <span className={width < roomForWords ? 'sr-only' : undefined}>{origin.rest}</span>
        </MediaBadge>
      )}
      {onSelect && (
        <button
          type="button"
          role="checkbox"
          aria-checked={selected ?? false}
          aria-label={`Select ${label}`}
          onClick={(event) => onSelect(index, !selected, event.shiftKey)}
          className={cn(
            'absolute top-2 left-2 z-3 grid size-6 place-items-center rounded-s border-[1.5px] touch-target',
            selected ? 'border-accent bg-accent text-on-accent' : 'border-white/85 bg-black/45 text-transparent opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
          )}
        >
          <Check className="size-3.5" strokeWidth={3} />
        </button>
      )}
      {actionsOf && <div className="absolute top-2 right-2 z-3 flex gap-1 opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">{actionsOf(item)}</div>}
    </figure>
  );
});
