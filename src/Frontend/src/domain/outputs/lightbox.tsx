import { ChevronLeft, ChevronRight, Download, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { downloadFile } from '@/domain/assets/download';
import { formatUnitPrice } from '@/domain/costs/format-money';
import { clock } from '@/domain/time';
import { Button, IconButton } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Tag } from '@/ui/tag';
import type { GalleryItem } from './gallery-item';

interface LightboxProps {
  items: readonly GalleryItem[];
  index: number | null;
  onIndex: (index: number | null) => void;
  actionsOf?: (item: GalleryItem) => ReactNode;
}

const megabytes = (bytes: number) => (bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** One output as large as it gets. Arrows move, space plays, D downloads, Escape closes. */
export function Lightbox({ items, index, onIndex, actionsOf }: LightboxProps) {
  const item = index === null ? undefined : items[index];
  const video = useRef<HTMLVideoElement>(null);

  useEffect(() => {
    if (index === null) return;
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLElement && event.target.matches('input, textarea, video')) return;
      const current = items[index];
      if (event.key === 'ArrowRight' && index < items.length - 1) onIndex(index + 1);
      else if (event.key === 'ArrowLeft' && index > 0) onIndex(index - 1);
      else if (event.key === ' ' && video.current && !(event.target instanceof HTMLButtonElement)) void (video.current.paused ? video.current.play() : video.current.pause());
      else if (event.key.toLowerCase() === 'd' && !event.ctrlKey && !event.metaKey && current) downloadFile(current.url, current.name);
      else return;
      event.preventDefault();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [index, items, onIndex]);

  if (index === null || !item) return null;
  const facts: [string, string | null][] = [
    ['Model', item.model],
    ['Size', item.width && item.height ? `${item.width} × ${item.height}` : null],
    ['Length', item.durationSec ? clock(item.durationSec) : null],
    ['File', item.bytes ? megabytes(item.bytes) : null],
    ['Seed', item.seed === null ? null : String(item.seed)],
    ['Cost', item.cost === null ? null : `${formatUnitPrice(item.cost)}${item.simulated ? ' list price' : ''}`],
    ...Object.entries(item.variation ?? {}).map(([kind, value]): [string, string] => [kind.charAt(0).toUpperCase() + kind.slice(1), value.replaceAll('_', ' ')]),
  ];
  return (
    <Dialog shape="plain" open onClose={() => onIndex(null)} title={item.name}>
      <div className="grid h-full grid-cols-[minmax(0,1fr)_336px] bg-bg max-lg:grid-cols-1 max-lg:grid-rows-[minmax(0,1fr)_auto]">
        <div className="relative grid min-h-0 place-items-center bg-well p-6 max-lg:p-2">
          {item.kind === 'video' ? (
            <video key={item.key} ref={video} src={item.url} poster={item.thumbnailUrl} controls autoPlay loop muted playsInline className="max-h-full max-w-full rounded-m" />
          ) : (
            <img key={item.key} src={item.url} alt={item.prompt ?? item.name} className="max-h-full max-w-full rounded-m object-contain" />
          )}
          {index > 0 && (
            <IconButton label="Previous" onClick={() => onIndex(index - 1)} className="absolute top-1/2 left-3 -translate-y-1/2 bg-shade text-white hover:bg-black hover:text-white">
              <ChevronLeft className="size-5" />
            </IconButton>
          )}
          {index < items.length - 1 && (
            <IconButton label="Next" onClick={() => onIndex(index + 1)} className="absolute top-1/2 right-3 -translate-y-1/2 bg-shade text-white hover:bg-black hover:text-white">
              <ChevronRight className="size-5" />
            </IconButton>
          )}
        </div>
        <aside className="flex min-h-0 flex-col gap-4 overflow-y-auto border-l border-line bg-panel p-5 max-lg:max-h-[42dvh] max-lg:border-t max-lg:border-l-0">
          <div className="flex items-center gap-2">
            <span className="text-small text-ink-3">
              {index + 1} of {items.length}
            </span>
            {item.simulated && <Tag>Demo renderer</Tag>}
            <IconButton label="Close" onClick={() => onIndex(null)} className="ml-auto">
              <X className="size-4.5" />
            </IconButton>
          </div>
          {item.prompt && <p className="break-words">{item.prompt}</p>}
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-small">
            {facts.map(
              ([name, value]) =>
                value !== null && (
                  <div key={name} className="contents">
                    <dt className="text-ink-3">{name}</dt>
                    <dd className="text-right">{value}</dd>
                  </div>
                ),
            )}
          </dl>
          <div className="mt-auto flex flex-col gap-2">
            {actionsOf?.(item)}
            <Button look="primary" onClick={() => downloadFile(item.url, item.name)}>
              <Download className="size-4" />
              Download
            </Button>
          </div>
        </aside>
      </div>
    </Dialog>
  );
}
