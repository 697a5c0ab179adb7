import { Check, Play } from 'lucide-react';
import { useRef, useState, type ReactNode } from 'react';
import { clock } from '@/domain/time';
import { cn } from '@/ui/cn';
import { MediaBadge } from '@/ui/tag';
import { useMedia } from '@/ui/use-media';
import type { GalleryItem } from './gallery-item';

const hoverDelayMs = 120;

interface MediaTileProps {
  item: GalleryItem;
  label: string;
  onOpen: () => void;
  selected?: boolean | undefined;
  onSelect?: ((selected: boolean) => void) | undefined;
  /** Left out in review: shown, but faded. */
  dropped?: boolean | undefined;
  actions?: ReactNode;
}

/** A picture at its own proportions; a clip plays, muted, while the pointer rests on it. */
export function MediaTile({ item, label, onOpen, selected, onSelect, dropped, actions }: MediaTileProps) {
  const [playing, setPlaying] = useState(false);
  const [broken, setBroken] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const isVideo = item.kind === 'video';

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
        'group @container relative isolate size-full overflow-hidden rounded-m bg-well after:pointer-events-none after:absolute after:inset-0 after:rounded-m after:shadow-[inset_0_0_0_1px_var(--tile-edge)]',
        selected && 'outline-[2.5px] outline-offset-2 outline-accent-graph',
      )}
    >
      <button type="button" onClick={onOpen} aria-label={label} className="absolute inset-0 block size-full focus-visible:-outline-offset-2">
        {broken ? (
          <span className="grid size-full place-items-center p-2 text-center text-small text-ink-3">The picture did not load</span>
        ) : (
          <img src={item.thumbnailUrl} alt="" loading="lazy" decoding="async" onError={() => setBroken(true)} className={cn('size-full object-cover transition-opacity', dropped && 'opacity-30 grayscale')} />
        )}
        {playing && <video src={item.url} muted loop autoPlay playsInline className="absolute inset-0 size-full object-cover" />}
      </button>
      {isVideo && (
        <MediaBadge className="pointer-events-none bottom-1.75 left-1.75">
          <Play className="size-2.75 fill-current" />
          {item.durationSec ? clock(item.durationSec) : 'Video'}
        </MediaBadge>
      )}
      {item.simulated && (
        <MediaBadge className="pointer-events-none right-1.75 bottom-1.75 font-[550]">
          Demo<span className="@max-[170px]:sr-only"> renderer</span>
        </MediaBadge>
      )}
      {onSelect && (
        <button
          type="button"
          role="checkbox"
          aria-checked={selected ?? false}
          aria-label={`Select ${label}`}
          onClick={() => onSelect(!selected)}
          className={cn(
            'absolute top-2 left-2 z-3 grid size-5.5 place-items-center rounded-s border-[1.5px] transition-opacity touch-target',
            selected ? 'border-accent bg-accent text-on-accent' : 'border-white/85 bg-black/45 text-transparent opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100',
          )}
        >
          <Check className="size-3.5" strokeWidth={3} />
        </button>
      )}
      {actions && <div className="absolute top-2 right-2 z-3 flex gap-1 opacity-0 transition-opacity group-focus-within:opacity-100 group-hover:opacity-100 pointer-coarse:opacity-100">{actions}</div>}
    </figure>
  );
}
