import { closestCenter, DndContext, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors, type Announcements, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable';
import { GripVertical, X } from 'lucide-react';
import { useMemo } from 'react';
import type { DraftImage } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import type { PendingUpload } from '@/domain/draft/uploads';
import { MediaButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { useSwipeUp } from '@/ui/use-swipe-up';

const tile = 'relative h-26 w-37.5 shrink-0 overflow-hidden rounded-m bg-well max-lg:h-20 max-lg:w-26';
const caption = 'pointer-events-none absolute inset-x-0 bottom-0 truncate bg-linear-to-t from-black/85 px-2.25 pt-4.5 pb-1.5 text-[11.5px]/3.75 font-[550] text-white';
const onPicture = 'absolute top-1.5 size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:opacity-100';

interface PhotoTilesProps {
  images: readonly DraftImage[];
  onRemove: (image: DraftImage, index: number) => void;
}

/** The photos in their order, which is the order of what is made of them: dragged by mouse, by a finger that rests, or by Space and arrows on the handle. */
export function PhotoTiles({ images, onRemove }: PhotoTilesProps) {
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  // The same photo may be in the run twice.
  const ids = useMemo(() => images.map((image, index) => `${image.assetId}-${images.slice(0, index).filter((other) => other.assetId === image.assetId).length}`), [images]);
  const nameOf = (id: string | number) => images[ids.indexOf(String(id))]?.name ?? 'Photo';
  const placeOf = (id: string | number) => ids.indexOf(String(id)) + 1;
  const announcements: Announcements = {
    onDragStart: ({ active }) => `${nameOf(active.id)} is lifted, ${placeOf(active.id)} of ${ids.length}.`,
    onDragOver: ({ active, over }) => (over ? `${nameOf(active.id)} moves to place ${placeOf(over.id)} of ${ids.length}.` : undefined),
    onDragEnd: ({ active, over }) => `${nameOf(active.id)} is at place ${placeOf((over ?? active).id)}.`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} stays where it was.`,
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) draftStore.movePhoto(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={{ announcements, screenReaderInstructions: { draggable: 'Press Space to lift the photo, arrows to move it, Space to put it down, Escape to leave it.' } }}>
      <SortableContext items={ids}>
        {images.map((image, index) => (
          <PhotoTile key={ids[index]} id={ids[index] ?? ''} image={image} single={images.length === 1} onRemove={() => onRemove(image, index)} />
        ))}
      </SortableContext>
    </DndContext>
  );
}

function PhotoTile({ id, image, single, onRemove }: { id: string; image: DraftImage; single: boolean; onRemove: () => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id, disabled: single });
  const { offset, gone, handlers } = useSwipeUp(onRemove);
  const moved = transform ? `translate(${transform.x}px, ${transform.y}px)` : offset > 0 ? `translateY(${-offset}px)` : undefined;
  const { onPointerDown, ...swipe } = handlers;
  return (
    // Pointers may drag the whole picture; the keyboard has the handle and the button.
    <figure
      ref={setNodeRef}
      {...(single ? {} : { onMouseDown: listeners?.onMouseDown as never, onTouchStart: listeners?.onTouchStart as never })}
      onPointerDown={onPointerDown}
      {...swipe}
      style={{ transform: moved, transition, touchAction: 'pan-x' }}
      className={cn('group select-none', tile, !isDragging && 'animate-settle', isDragging && 'z-10 opacity-80 shadow-3', gone && 'opacity-40')}
    >
      <img src={image.thumbnailUrl} alt={image.name} draggable={false} className="size-full object-cover object-[50%_25%]" />
      <figcaption className={caption}>{image.name}</figcaption>
      {!single && (
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...attributes}
          onKeyDown={listeners?.onKeyDown as never}
          aria-label={`Move ${image.name}`}
          title="Drag, or Space and arrows"
          className={cn('left-1.5 grid cursor-grab place-items-center rounded-m bg-shade text-white backdrop-blur-sm touch-target', onPicture)}
        >
          <GripVertical className="size-3.5" />
        </button>
      )}
      <MediaButton label={`Remove ${image.name}`} className={cn('right-1.5', onPicture)} onClick={onRemove}>
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
