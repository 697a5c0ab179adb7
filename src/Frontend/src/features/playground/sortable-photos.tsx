import { closestCenter, DndContext, KeyboardSensor, MouseSensor, TouchSensor, useSensor, useSensors, type Announcements, type DragEndEvent } from '@dnd-kit/core';
import { SortableContext, sortableKeyboardCoordinates, useSortable } from '@dnd-kit/sortable';
import { GripVertical } from 'lucide-react';
import { useMemo } from 'react';
import type { DraftImage } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { cn } from '@/ui/cn';
import { onPicture, PhotoFigure, type PhotoTilesProps } from './photo-tiles';

const instructions = 'Press Space to lift the photo, arrows to move it, Space to put it down, Escape to leave it.';

/** Photos to put in order: dragged by mouse, by a finger that rests, or by Space and arrows on the handle. */
export function SortablePhotos({ images, onRemove }: PhotoTilesProps) {
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
    onDragOver: ({ active, over }) => (over && over.id !== active.id ? `${nameOf(active.id)} moves to place ${placeOf(over.id)} of ${ids.length}.` : undefined),
    onDragEnd: ({ active, over }) => `${nameOf(active.id)} is at place ${placeOf((over ?? active).id)}.`,
    onDragCancel: ({ active }) => `${nameOf(active.id)} stays where it was.`,
  };
  const onDragEnd = ({ active, over }: DragEndEvent) => {
    if (over && over.id !== active.id) draftStore.movePhoto(ids.indexOf(String(active.id)), ids.indexOf(String(over.id)));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={onDragEnd} accessibility={{ announcements, screenReaderInstructions: { draggable: instructions } }}>
      <SortableContext items={ids}>
        {images.map((image, index) => (
          <SortablePhoto key={ids[index]} id={ids[index] ?? ''} image={image} onRemove={() => onRemove(image, index)} />
        ))}
      </SortableContext>
    </DndContext>
  );
}

function SortablePhoto({ id, image, onRemove }: { id: string; image: DraftImage; onRemove: () => void }) {
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({ id });
  // Pointers may drag the whole picture; the keyboard has the handle.
  const { onKeyDown, ...pointers } = listeners ?? {};
  return (
    <PhotoFigure
      ref={setNodeRef}
      image={image}
      onRemove={onRemove}
      dragged={isDragging}
      pointers={pointers}
      style={transform ? { transform: `translate(${transform.x}px, ${transform.y}px)`, transition } : {}}
      className={isDragging ? 'z-10 opacity-80 shadow-3' : ''}
      handle={
        <button
          ref={setActivatorNodeRef}
          type="button"
          {...attributes}
          {...(onKeyDown && { onKeyDown: onKeyDown as never })}
          aria-label={`Move ${image.name}`}
          title="Drag, or Space and arrows"
          className={cn('left-1.5 max-lg:left-0 grid cursor-grab place-items-center rounded-m bg-shade text-white touch-target', onPicture)}
        >
          <GripVertical className="size-3.5" />
        </button>
      }
    />
  );
}
