import { useQuery } from '@tanstack/react-query';
import { Pause, Play, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { FileNote, useFileState } from '@/domain/assets/still-there';
import { outputRecordQuery } from '@/domain/pipelines/output-queries';
import { IconButton } from '@/ui/button';
import { Slider } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { Segmented } from '@/ui/radio-group';
import { placeOf, type GalleryItem } from './gallery-item';

interface CompareProps {
  first: GalleryItem;
  second: GalleryItem;
  onClose: () => void;
}

const ways = [
  { value: 'wipe', label: 'Over each other' },
  { value: 'side', label: 'Side by side' },
] as const;

/** Two outputs against each other: pictures under a slider or side by side, clips side by side in step. */
export function Compare({ first: left, second: right, onClose }: CompareProps) {
  const [first, second] = [useDescribed(left), useDescribed(right)];
  const [way, setWay] = useState<'wipe' | 'side'>('wipe');
  const videos = first.kind === 'video';
  return (
    <Dialog shape="plain" open onClose={onClose} title="Compare">
      <div className="grid h-full grid-rows-[auto_minmax(0,1fr)] bg-bg">
        <header className="flex items-center gap-3 border-b border-line px-5 py-3">
          <h2 className="flex-1 text-head">Compare</h2>
          <Gone item={first} which="The first" />
          <Gone item={second} which="The second" />
          {!videos && <Segmented small label="How to compare" value={way} options={ways} onChange={setWay} />}
          <IconButton label="Close" onClick={onClose}>
            <X className="size-4.5" />
          </IconButton>
        </header>
        {videos ? <Clips first={first} second={second} /> : way === 'wipe' ? <Wipe first={first} second={second} /> : <SideBySide first={first} second={second} />}
      </div>
    </Dialog>
  );
}

/** With the prompt that made it, once that is known. */
function useDescribed(item: GalleryItem): GalleryItem {
  const { data } = useQuery(outputRecordQuery(item.prompt === null ? placeOf(item) : null));
  return data?.prompt ? { ...item, prompt: data.prompt } : item;
}

/** Somebody may delete one of them meanwhile; what is in the trash can still be seen. */
function Gone({ item, which }: { item: GalleryItem; which: string }) {
  const state = useFileState(item.assetId);
  return (
    state !== 'there' && (
      <span className="flex items-center gap-2 text-small text-ink-2">
        {which}: <FileNote state={state} />
      </span>
    )
  );
}

const wordsOf = (item: GalleryItem) => item.prompt ?? item.name;

function SideBySide({ first, second }: Omit<CompareProps, 'onClose'>) {
  return (
    <div className="grid min-h-0 grid-cols-2 gap-2 p-4 max-lg:grid-cols-1 max-lg:grid-rows-2">
      {[first, second].map((item) => (
        <figure key={item.key} className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-2">
          <img src={item.url} alt={wordsOf(item)} className="size-full rounded-m object-contain" />
          <figcaption className="line-clamp-2 text-center text-small text-ink-3">{wordsOf(item)}</figcaption>
        </figure>
      ))}
    </div>
  );
}

function Wipe({ first, second }: Omit<CompareProps, 'onClose'>) {
  const [share, setShare] = useState(50);
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-3 p-4">
      <div className="relative min-h-0">
        <img src={first.url} alt={wordsOf(first)} className="absolute inset-0 size-full object-contain" />
        <img src={second.url} alt={wordsOf(second)} className="absolute inset-0 size-full object-contain" style={{ clipPath: `inset(0 0 0 ${share}%)` }} />
        <span aria-hidden="true" className="absolute inset-y-0 w-0.5 bg-white shadow-1" style={{ left: `${share}%` }} />
      </div>
      <div className="mx-auto w-[min(560px,100%)]">
        <Slider label="How much of the first is seen, in percent" value={share} min={0} max={100} onChange={setShare} />
      </div>
    </div>
  );
}

function Clips({ first, second }: Omit<CompareProps, 'onClose'>) {
  const left = useRef<HTMLVideoElement>(null);
  const right = useRef<HTMLVideoElement>(null);
  const [playing, setPlaying] = useState(true);
  const [share, setShare] = useState(0);
  const both = (act: (video: HTMLVideoElement) => void) => [left.current, right.current].forEach((video) => video && act(video));
  const toggle = () => {
    both((video) => (playing ? video.pause() : void video.play()));
    setPlaying(!playing);
  };
  const seek = (to: number) => {
    setShare(to);
    both((video) => (video.currentTime = (to / 100) * (Number.isFinite(video.duration) ? video.duration : 0)));
  };
  // The first one leads; the second is pulled along when it is more than two frames off.
  const onTime = () => {
    if (!left.current || !right.current || !left.current.duration) return;
    setShare((100 * left.current.currentTime) / left.current.duration);
    if (Math.abs(right.current.currentTime - left.current.currentTime) > 0.09 && left.current.currentTime < right.current.duration) right.current.currentTime = left.current.currentTime;
  };
  return (
    <div className="grid min-h-0 grid-rows-[minmax(0,1fr)_auto] gap-3 p-4">
      <div className="grid min-h-0 grid-cols-2 gap-2 max-lg:grid-cols-1 max-lg:grid-rows-2">
        <video ref={left} src={first.url} poster={first.thumbnailUrl} aria-label={wordsOf(first)} autoPlay muted loop playsInline onTimeUpdate={onTime} className="size-full min-h-0 rounded-m object-contain" />
        <video ref={right} src={second.url} poster={second.thumbnailUrl} aria-label={wordsOf(second)} autoPlay muted loop playsInline className="size-full min-h-0 rounded-m object-contain" />
      </div>
      <div className="mx-auto flex w-[min(560px,100%)] items-center gap-3">
        <IconButton label={playing ? 'Pause both' : 'Play both'} onClick={toggle}>
          {playing ? <Pause className="size-4.5" /> : <Play className="size-4.5" />}
        </IconButton>
        <Slider label="Place in both clips, in percent" value={Math.round(share)} min={0} max={100} onChange={seek} />
      </div>
    </div>
  );
}
