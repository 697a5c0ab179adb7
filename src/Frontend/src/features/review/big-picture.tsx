import { useEffect, useRef, useState, type PointerEvent } from 'react';
import { contentUrl, thumbnailUrl } from '@/domain/assets/urls';
import { cn } from '@/ui/cn';
import { useMedia } from '@/ui/use-media';
import type { ReviewEntry } from './review-model';

export const largeWidth = 1024;

const warmed = new Map<string, HTMLImageElement>();
const mostWarm = 24;

/** Fetches and decodes what will be looked at next, so that a step to it draws at once. */
export function warm(entries: readonly (ReviewEntry | undefined)[]): void {
  for (const entry of entries) {
    if (!entry || entry.assetId === null) continue;
    const url = thumbnailUrl(entry.assetId, largeWidth);
    if (warmed.has(url)) continue;
    const image = new Image();
    image.decoding = 'async';
    image.src = url;
    warmed.set(url, image);
    const oldest = warmed.keys().next().value;
    if (warmed.size > mostWarm && oldest !== undefined) warmed.delete(oldest);
  }
}

interface BigPictureProps {
  entry: ReviewEntry;
  label: string;
  className?: string;
  /** A round glass follows the pointer. */
  lens?: boolean;
  /** It did not load. */
  onLost?: () => void;
}

/** One output as large as there is room; a clip plays by itself, muted, and has its own controls. */
export function BigPicture({ entry, label, className, lens, onLost }: BigPictureProps) {
  const [glass, setGlass] = useState<{ x: number; y: number; boxWidth: number; boxHeight: number } | null>(null);
  const [lost, setLost] = useState(false);
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    setGlass(null);
    setLost(false);
  }, [entry.id, entry.assetId]);
  const lose = () => {
    setLost(true);
    onLost?.();
  };
  if (entry.assetId === null || lost) {
    return (
      <div className={cn('grid size-full place-items-center p-4 text-center text-small text-ink-2', className)}>
        {entry.assetId === null ? 'Its file was deleted. Its verdict and the rest of the set are kept.' : 'It did not load: it may have been deleted meanwhile, or the server is not reached.'}
      </div>
    );
  }
  if (entry.durationSec !== null) {
    return <video key={entry.id} src={contentUrl(entry.assetId)} poster={thumbnailUrl(entry.assetId, largeWidth)} aria-label={label} autoPlay={!still} muted loop playsInline controls onError={lose} className={cn('size-full object-contain', className)} />;
  }
  const follow = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !box.current) return;
    const rect = box.current.getBoundingClientRect();
    setGlass({ x: event.clientX - rect.left, y: event.clientY - rect.top, boxWidth: rect.width, boxHeight: rect.height });
  };
  return (
    <div ref={box} className={cn('relative size-full overflow-hidden', className)} {...(lens && { onPointerMove: follow, onPointerLeave: () => setGlass(null) })}>
      <img src={thumbnailUrl(entry.assetId, largeWidth)} alt={label} onError={lose} className={cn('size-full object-contain', entry.verdict === 'reject' && 'opacity-60')} />
      {glass && (
        <span
          aria-hidden="true"
          className="pointer-events-none absolute size-32 rounded-full border-2 border-white shadow-2"
          style={{ left: glass.x - 64, top: glass.y - 64, backgroundImage: `url(${contentUrl(entry.assetId)})`, ...glassOf(glass, entry) }}
        />
      )}
    </div>
  );
}

const power = 2.5;

/** Where the picture lies behind the glass; pictures stand whole in their box. */
function glassOf(at: { x: number; y: number; boxWidth: number; boxHeight: number }, { width, height }: ReviewEntry) {
  const ratio = (width ?? 1) / (height ?? 1);
  const shownWidth = Math.min(at.boxWidth, at.boxHeight * ratio);
  const shownHeight = shownWidth / ratio;
  const left = at.x - (at.boxWidth - shownWidth) / 2;
  const top = at.y - (at.boxHeight - shownHeight) / 2;
  return { backgroundSize: `${shownWidth * power}px ${shownHeight * power}px`, backgroundPosition: `${64 - left * power}px ${64 - top * power}px`, backgroundRepeat: 'no-repeat', backgroundColor: 'var(--well)' };
}
