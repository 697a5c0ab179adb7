import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Download, X } from 'lucide-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { downloadFile } from '@/domain/assets/download';
import { formatUnitPrice } from '@/domain/costs/format-money';
import { grouped } from '@/domain/count';
import { outputRecordQuery } from '@/domain/pipelines/output-queries';
import { clock, stamp } from '@/domain/time';
import { Button, IconButton } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Tag } from '@/ui/tag';
import { placeOf, type GalleryItem } from './gallery-item';
import type { ItemList } from './item-lists';
import { LightboxStage } from './lightbox-stage';
import { describeOrigin } from './origin';

interface LightboxProps {
  items: ItemList;
  index: number | null;
  onIndex: (index: number | null) => void;
  actionsOf?: (item: GalleryItem) => ReactNode;
}

const megabytes = (bytes: number) => (bytes < 1_000_000 ? `${Math.max(1, Math.round(bytes / 1000))} KB` : `${(bytes / 1_000_000).toFixed(1)} MB`);

/** One output as large as it gets. Arrows move, space plays, D downloads, + and − enlarge, Escape closes. */
export function Lightbox({ items, index, onIndex, actionsOf }: LightboxProps) {
  const item = index === null ? undefined : items.at(index);
  const video = useRef<HTMLVideoElement>(null);
  const record = useQuery(outputRecordQuery(placeOf(item))).data;
  const client = useQueryClient();
  const last = items.length - 1;

  useEffect(() => {
    if (index === null) return;
    // The next one to look at is likely the one beside it.
    for (const beside of [index + 1, index - 1]) {
      const place = beside < 0 ? null : placeOf(items.at(beside));
      if (place) void client.prefetchQuery(outputRecordQuery(place));
    }
    // `items` is a new object on every render; what lies beside does not change with it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [client, index]);

  const onKeyDown = useRef<(event: KeyboardEvent) => void>(() => undefined);
  useEffect(() => {
    onKeyDown.current = (event) => {
      if (index === null || (event.target instanceof HTMLElement && event.target.matches('input, textarea, video'))) return;
      if (event.key === 'ArrowRight' && index < last) onIndex(index + 1);
      else if (event.key === 'ArrowLeft' && index > 0) onIndex(index - 1);
      else if (event.key === ' ' && video.current && !(event.target instanceof HTMLButtonElement)) void (video.current.paused ? video.current.play() : video.current.pause());
      else if (event.key.toLowerCase() === 'd' && !event.ctrlKey && !event.metaKey && item) downloadFile(item.url, item.name);
      else return;
      event.preventDefault();
    };
  });
  const isOpen = index !== null;
  useEffect(() => {
    if (!isOpen) return;
    const listen = (event: KeyboardEvent) => onKeyDown.current(event);
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [isOpen]);

  if (index === null || !item) return null;
  const prompt = record?.prompt ?? item.prompt;
  const bytes = record?.bytes ?? item.bytes;
  const facts: [string, string | null][] = [
    ['Model', item.model],
    ['Made by', describeOrigin(item)],
    ['Made', item.madeAt === null ? null : stamp(item.madeAt)],
    ['Size', item.width && item.height ? `${item.width} × ${item.height}` : null],
    ['Length', item.durationSec ? clock(item.durationSec) : null],
    ['File', bytes ? megabytes(bytes) : null],
    ['Seed', record?.seed === null || record?.seed === undefined ? null : String(record.seed)],
    ['Cost', !record ? null : `${formatUnitPrice(record.cost)}${item.simulated && !item.reused ? ' list price' : ''}`],
    ...Object.entries(record?.variation ?? {}).map(([kind, value]): [string, string] => [kind.charAt(0).toUpperCase() + kind.slice(1), value.replaceAll('_', ' ')]),
  ];
  return (
    <Dialog shape="plain" open onClose={() => onIndex(null)} title={item.name}>
      <div className="grid h-full grid-cols-[minmax(0,1fr)_336px] bg-bg max-lg:grid-cols-1 max-lg:grid-rows-[minmax(0,1fr)_auto]">
        <LightboxStage
          key={item.key}
          item={item}
          words={prompt ?? item.name}
          video={video}
          onPrevious={index > 0 ? () => onIndex(index - 1) : null}
          onNext={index < last ? () => onIndex(index + 1) : null}
          onClose={() => onIndex(null)}
        />
        <aside className="flex min-h-0 flex-col gap-4 overflow-y-auto border-l border-line bg-panel p-5 max-lg:max-h-[42dvh] max-lg:border-t max-lg:border-l-0">
          <div className="flex items-center gap-2">
            <span className="text-small text-ink-3" aria-live="polite">
              {grouped(index + 1)} of {grouped(items.length)}
            </span>
            {item.simulated && <Tag title="Made by the demo renderer: list prices, nothing is charged">Demo renderer</Tag>}
            {item.reused && (
              <Tag tone="good" title="The result of the same request before; it cost nothing">
                From before, $0
              </Tag>
            )}
            <IconButton label="Close" onClick={() => onIndex(null)} className="ml-auto">
              <X className="size-4.5" />
            </IconButton>
          </div>
          {prompt && <p className="break-words">{prompt}</p>}
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
