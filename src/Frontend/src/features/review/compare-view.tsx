import { Check, Pause, Play, X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { contentUrl, thumbnailUrl } from '@/domain/assets/urls';
import { IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Slider } from '@/ui/controls';
import { Segmented } from '@/ui/radio-group';
import { BigPicture, largeWidth, warm } from './big-picture';
import { verdictWords, type ReviewEntry } from './review-model';
import type { ReviewStore } from './review-store';
import { StarRow } from './stars';
import { useEntry, useIsCurrent } from './use-review';

interface CompareViewProps {
  store: ReviewStore;
  /** Two or four, side by side. */
  shown: readonly number[];
  many: 2 | 4;
  onMany: (many: 2 | 4) => void;
}

/** Seconds by which clips may be apart before they are pulled together: two frames. */
const apart = 0.09;

/** Two or four against each other. Clips run in step: one button, one slider for all. */
export function CompareView({ store, shown, many, onMany }: CompareViewProps) {
  const videos = useRef(new Map<number, HTMLVideoElement>());
  const [playing, setPlaying] = useState(true);
  const [share, setShare] = useState(0);
  const moving = shown.some((id) => store.get(id)?.durationSec != null);
  useEffect(() => {
    warm(shown.map((id) => store.get(id)));
  }, [shown, store]);
  const each = (act: (video: HTMLVideoElement) => void) => videos.current.forEach((video) => act(video));
  const toggle = () => {
    each((video) => (playing ? video.pause() : void video.play()));
    setPlaying(!playing);
  };
  const seek = (to: number) => {
    setShare(to);
    each((video) => (video.currentTime = (to / 100) * (Number.isFinite(video.duration) ? video.duration : 0)));
  };
  // The first one leads; the others are pulled along.
  const onTime = (id: number) => {
    const lead = videos.current.get(id);
    if (id !== shown[0] || !lead?.duration) return;
    setShare((100 * lead.currentTime) / lead.duration);
    each((video) => {
      if (video !== lead && Math.abs(video.currentTime - lead.currentTime) > apart && lead.currentTime < video.duration) video.currentTime = lead.currentTime;
    });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div role="group" aria-label="Compare" className={cn('grid min-h-0 flex-1 gap-2.5', many === 4 ? 'grid-cols-2 grid-rows-2' : 'grid-cols-2')}>
        {shown.map((id) => (
          <Slot
            key={id}
            store={store}
            id={id}
            video={(element) => {
              if (element) videos.current.set(id, element);
              else videos.current.delete(id);
            }}
            onTime={() => onTime(id)}
          />
        ))}
      </div>
      <div className="flex items-center gap-4">
        {moving && (
          <>
            <IconButton label={playing ? 'Pause all' : 'Play all'} onClick={toggle}>
              {playing ? <Pause className="size-4.5" /> : <Play className="size-4.5" />}
            </IconButton>
            <Slider label="Place in all clips, in percent" value={Math.round(share)} min={0} max={100} onChange={seek} />
          </>
        )}
        <span className="ml-auto">
          <Segmented small label="How many" value={String(many) as '2' | '4'} options={[{ value: '2', label: 'Two' }, { value: '4', label: 'Four' }]} onChange={(value) => onMany(value === '4' ? 4 : 2)} />
        </span>
      </div>
    </div>
  );
}

function Slot({ store, id, video, onTime }: { store: ReviewStore; id: number; video: (element: HTMLVideoElement | null) => void; onTime: () => void }) {
  const entry = useEntry(store, id);
  const current = useIsCurrent(store, id);
  if (!entry) return <p className="grid place-items-center rounded-card border border-line bg-well text-ink-3">This one was deleted meanwhile.</p>;
  return (
    <button
      type="button"
      data-tile={id}
      tabIndex={current ? 0 : -1}
      aria-label={`${entry.promptLabel || 'Output'}, ${verdictWords[entry.verdict].toLowerCase()}`}
      aria-current={current || undefined}
      onClick={() => store.go(id)}
      onFocus={() => store.go(id)}
      className={cn('relative min-h-0 min-w-0 overflow-hidden rounded-card border bg-well', entry.verdict === 'pick' ? 'border-accent-graph' : 'border-line', current && 'outline-2 outline-offset-1 outline-focus')}
    >
      {entry.durationSec === null ? <BigPicture entry={entry} label="" className="absolute inset-0" /> : <Clip entry={entry} video={video} onTime={onTime} />}
      <span className="absolute bottom-2 left-2 flex items-center gap-2 rounded-s bg-shade px-2 py-1 text-small text-white">
        {entry.verdict === 'pick' && <Check className="size-3.5" strokeWidth={3} />}
        {entry.verdict === 'reject' && <X className="size-3.5" strokeWidth={3} />}
        {verdictWords[entry.verdict]}
        {entry.rating !== null && <StarRow rating={entry.rating} />}
      </span>
    </button>
  );
}

function Clip({ entry, video, onTime }: { entry: ReviewEntry; video: (element: HTMLVideoElement | null) => void; onTime: () => void }) {
  const asset = entry.assetId as number;
  return <video ref={video} src={contentUrl(asset)} poster={thumbnailUrl(asset, largeWidth)} aria-label="" autoPlay muted loop playsInline onTimeUpdate={onTime} className="absolute inset-0 size-full object-contain" />;
}
