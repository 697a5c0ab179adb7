import { Pause, Play } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Slider } from '@/ui/controls';
import { Segmented } from '@/ui/radio-group';
import { useMedia } from '@/ui/use-media';
import { warm } from './big-picture';
import { CompareSlot } from './compare-slot';
import type { ReviewStore } from './review-store';
import { useFileStates } from './use-file-states';

interface CompareViewProps {
  store: ReviewStore;
  /** Two or four, side by side. */
  shown: readonly number[];
  many: 2 | 4;
  onMany: (many: 2 | 4) => void;
  /** Takes one out of the comparison; the next one comes in. */
  onPass: (id: number) => void;
}

/** Seconds by which clips may be apart before they are pulled together: two frames. */
const apart = 0.09;

/** Two or four against each other. Clips run in step: one button, one slider for all. */
export function CompareView({ store, shown, many, onMany, onPass }: CompareViewProps) {
  const videos = useRef(new Map<number, HTMLVideoElement>());
  const still = useMedia('(prefers-reduced-motion: reduce)');
  const [playing, setPlaying] = useState(!still);
  const [share, setShare] = useState(0);
  const { stateOf, check, restore } = useFileStates(store, shown);
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
  // The first one that is there leads; the others are pulled along.
  const onTime = (id: number) => {
    const lead = videos.current.get(id);
    if (id !== shown.find((one) => videos.current.has(one)) || !lead?.duration) return;
    setShare((100 * lead.currentTime) / lead.duration);
    each((video) => {
      if (video !== lead && Math.abs(video.currentTime - lead.currentTime) > apart && lead.currentTime < video.duration) video.currentTime = lead.currentTime;
    });
  };
  return (
    <div className="flex min-h-0 flex-1 flex-col gap-3">
      <div role="group" aria-label="Compare" className={cn('grid min-h-0 flex-1 gap-2.5', many === 4 ? 'grid-cols-2 grid-rows-2' : 'grid-cols-2 max-lg:grid-cols-1 max-lg:grid-rows-2')}>
        {shown.map((id) => (
          <CompareSlot
            key={id}
            store={store}
            id={id}
            file={stateOf(id)}
            playing={playing}
            video={(element) => {
              if (element) videos.current.set(id, element);
              else videos.current.delete(id);
            }}
            onTime={() => onTime(id)}
            onLost={check}
            onPass={() => onPass(id)}
            onRestore={() => restore(id)}
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
