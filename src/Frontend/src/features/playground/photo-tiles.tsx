import { X } from 'lucide-react';
import { Suspense, type CSSProperties, type ReactNode, type Ref } from 'react';
import { late } from '@/ui/late';
import type { DraftImage } from '@/domain/draft/draft';
import type { PendingUpload } from '@/domain/draft/uploads';
import { MediaButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { useSwipeUp } from '@/ui/use-swipe-up';

// Moving photos is worth its code once there are two of them.
const SortablePhotos = late(() => import('./sortable-photos'), 'SortablePhotos');

const tile = 'relative h-26 w-37.5 shrink-0 overflow-hidden rounded-m bg-well max-lg:h-20 max-lg:w-26';
const caption = 'pointer-events-none absolute inset-x-0 bottom-0 truncate bg-linear-to-t from-black/85 px-2.25 pt-4.5 pb-1.5 text-[11.5px]/3.75 font-[550] text-white';
// Small to the eye and, where it is narrow, large to the finger.
export const onPicture =
  'absolute top-1.5 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100 max-lg:top-0 max-lg:size-11 max-lg:bg-transparent max-lg:backdrop-blur-none max-lg:[&_svg]:size-6 max-lg:[&_svg]:rounded-m max-lg:[&_svg]:bg-shade max-lg:[&_svg]:p-1';

export interface PhotoTilesProps {
  images: readonly DraftImage[];
  onRemove: (image: DraftImage, index: number) => void;
}

/** The photos in their order, which is the order of what is made of them. */
export function PhotoTiles({ images, onRemove }: PhotoTilesProps) {
  const still = images.map((image, index) => <PhotoFigure key={`${image.assetId}-${index}`} image={image} onRemove={() => onRemove(image, index)} />);
  return images.length < 2 ? (
    still
  ) : (
    <Suspense fallback={still}>
      <SortablePhotos images={images} onRemove={onRemove} />
    </Suspense>
  );
}

interface PhotoFigureProps {
  image: DraftImage;
  onRemove: () => void;
  ref?: Ref<HTMLElement>;
  style?: CSSProperties;
  className?: string;
  dragged?: boolean;
  /** What a pointer starts to drag with. */
  pointers?: Record<string, unknown>;
  /** What the keyboard moves it with. */
  handle?: ReactNode;
}

export function PhotoFigure({ image, onRemove, ref, style, className, dragged = false, pointers, handle }: PhotoFigureProps) {
  const { offset, gone, handlers } = useSwipeUp(onRemove, !dragged);
  return (
    <figure
      ref={ref}
      {...pointers}
      {...handlers}
      style={{ touchAction: 'pan-x', ...(offset > 0 && { transform: `translateY(${-offset}px)` }), ...style }}
      className={cn('group select-none', tile, gone && 'opacity-40', className ?? 'animate-settle')}
    >
      <img src={image.thumbnailUrl} alt={image.name} draggable={false} className="size-full object-cover object-[50%_25%]" />
      <figcaption className={caption}>{image.name}</figcaption>
      {handle}
      <MediaButton label={`Remove ${image.name}`} className={cn('right-1.5 max-lg:right-0', onPicture)} onClick={onRemove}>
        <X className="size-3.5" />
      </MediaButton>
    </figure>
  );
}

export function PendingTile({ upload }: { upload: PendingUpload }) {
  const { name, preview, sent } = upload;
  // All sent: the server reads it now, and how long that takes nobody can tell.
  const known = sent !== null && sent < 1;
  return (
    <figure className={tile} aria-busy="true">
      {preview && <img src={preview} alt="" className="size-full object-cover opacity-50" />}
      <figcaption className={caption}>{name}</figcaption>
      <div role="progressbar" aria-label={`Adding ${name}`} {...(known && { 'aria-valuenow': Math.round(sent * 100), 'aria-valuemin': 0, 'aria-valuemax': 100 })} className="absolute inset-x-0 bottom-0 h-1 overflow-hidden bg-track">
        <div className={cn('h-full bg-accent-graph', known ? 'transition-[width]' : 'w-1/3 animate-slide')} style={known ? { width: `${sent * 100}%` } : undefined} />
      </div>
    </figure>
  );
}
