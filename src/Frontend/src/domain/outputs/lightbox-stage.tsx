import { ChevronLeft, ChevronRight, ZoomIn, ZoomOut } from 'lucide-react';
import { useEffect, useRef, type ReactNode, type RefObject } from 'react';
import { IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import type { GalleryItem } from './gallery-item';
import { useZoom } from './use-zoom';
import { closest } from './zoom';

interface LightboxStageProps {
  item: GalleryItem;
  words: string;
  video: RefObject<HTMLVideoElement | null>;
  onPrevious: (() => void) | null;
  onNext: (() => void) | null;
  onClose: () => void;
}

/** Pixels an arrow key moves an enlarged picture. */
const panBy = 80;
const pans: Record<string, { x: number; y: number }> = { ArrowLeft: { x: panBy, y: 0 }, ArrowRight: { x: -panBy, y: 0 }, ArrowUp: { x: 0, y: panBy }, ArrowDown: { x: 0, y: -panBy } };

/** The picture itself: pinch, double tap, wheel with Ctrl or + and − enlarge it; a swipe goes on to the next or closes. */
export function LightboxStage({ item, words, video, onPrevious, onNext, onClose }: LightboxStageProps) {
  const stage = useRef<HTMLDivElement>(null);
  const picture = useRef<HTMLImageElement>(null);
  const isVideo = item.kind === 'video';
  const zoom = useZoom({
    stage,
    picture: isVideo ? video : picture,
    zoomable: !isVideo,
    onSwipe: (swipe) => (swipe === 'close' ? onClose() : swipe === 'next' ? onNext?.() : onPrevious?.()),
  });
  const enlarged = zoom.view.scale > 1;

  const latest = useRef<(event: KeyboardEvent) => boolean>(() => false);
  useEffect(() => {
    latest.current = (event) => {
      if (event.ctrlKey || event.metaKey || event.altKey || isVideo) return false;
      const pan = enlarged ? pans[event.key] : undefined;
      if (event.key === '+' || event.key === '=') zoom.zoomIn();
      else if (event.key === '-') zoom.zoomOut();
      else if (event.key === '0') zoom.reset();
      else if (pan) zoom.pan(pan);
      else return false;
      return true;
    };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if ((event.target instanceof HTMLElement && event.target.matches('input, textarea')) || !latest.current(event)) return;
      // The arrows go to the next output otherwise.
      event.stopImmediatePropagation();
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, []);

  const pulled = zoom.pulled ?? { x: 0, y: 0 };
  const style = {
    transform: `translate(${zoom.view.x + pulled.x}px, ${zoom.view.y + Math.max(0, pulled.y)}px) scale(${zoom.view.scale})`,
    opacity: 1 - Math.min(0.6, Math.max(0, pulled.y) / 400),
    ...(zoom.pulled === null && !enlarged && { transition: 'transform 150ms, opacity 150ms' }),
  };
  const fit = 'max-h-full max-w-full rounded-m select-none motion-reduce:transition-none!';
  return (
    <div
      ref={stage}
      {...zoom.handlers}
      // Every touch on it is told above; the browser's own panning and zooming would end it half-way.
      className={cn('relative grid min-h-0 touch-none place-items-center overflow-hidden bg-well p-6 max-lg:p-2', enlarged && 'cursor-grab active:cursor-grabbing')}
    >
      {isVideo ? (
        <video ref={video} src={item.url} poster={item.thumbnailUrl} aria-label={words} controls autoPlay loop muted playsInline className={fit} style={style} />
      ) : (
        <img ref={picture} src={item.url} alt={words} draggable={false} className={cn(fit, 'object-contain')} style={style} />
      )}
      {onPrevious && (
        <Over label="Previous" className="top-1/2 left-3 -translate-y-1/2" onPress={onPrevious}>
          <ChevronLeft className="size-5" />
        </Over>
      )}
      {onNext && (
        <Over label="Next" className="top-1/2 right-3 -translate-y-1/2" onPress={onNext}>
          <ChevronRight className="size-5" />
        </Over>
      )}
      {!isVideo && (
        <div role="group" aria-label="Zoom" className="absolute bottom-3 left-1/2 flex -translate-x-1/2 items-center gap-0.5 rounded-full bg-shade p-0.5 text-white pointer-coarse:hidden">
          <Round label="Smaller" disabled={!enlarged} onPress={zoom.zoomOut}>
            <ZoomOut className="size-4.5" />
          </Round>
          <button type="button" onClick={zoom.reset} aria-label={`Show all of it, now ${Math.round(zoom.view.scale * 100)} percent`} className="min-w-14 rounded-full py-1 text-center text-small text-white tabular-nums hover:bg-black">
            {Math.round(zoom.view.scale * 100)} %
          </button>
          <Round label="Larger" disabled={zoom.view.scale >= closest} onPress={zoom.zoomIn}>
            <ZoomIn className="size-4.5" />
          </Round>
        </div>
      )}
    </div>
  );
}

interface ButtonProps {
  label: string;
  onPress: () => void;
  children: ReactNode;
}

function Over({ label, className, onPress, children }: ButtonProps & { className: string }) {
  return (
    <div className={cn('absolute', className)}>
      <IconButton label={label} onClick={onPress} className="bg-shade text-white hover:bg-black hover:text-white">
        {children}
      </IconButton>
    </div>
  );
}

function Round({ label, disabled, onPress, children }: ButtonProps & { disabled: boolean }) {
  return (
    // It stays where the focus is, also when there is nothing more to enlarge.
    <IconButton small label={label} aria-disabled={disabled} onClick={() => !disabled && onPress()} className={cn('rounded-full text-white hover:bg-black hover:text-white', disabled && 'opacity-50')}>
      {children}
    </IconButton>
  );
}
