import { Check, ImageOff, Trash2, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { contentUrl, thumbnailUrl } from '@/domain/assets/urls';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { BigPicture, largeWidth } from './big-picture';
import { verdictWords, type ReviewEntry } from './review-model';
import type { ReviewStore } from './review-store';
import { StarRow } from './stars';
import type { FileState } from './use-file-states';
import { useEntry, useIsCurrent } from './use-review';

interface CompareSlotProps {
  store: ReviewStore;
  id: number;
  file: FileState;
  playing: boolean;
  video: (element: HTMLVideoElement | null) => void;
  onTime: () => void;
  /** It did not load: what became of its file is to be asked. */
  onLost: () => void;
  onPass: () => void;
  onRestore: () => void;
}

/** One of the compared. What was deleted meanwhile says so and keeps its place until somebody goes on. */
export function CompareSlot({ store, id, file, playing, video, onTime, onLost, onPass, onRestore }: CompareSlotProps) {
  const entry = useEntry(store, id);
  const current = useIsCurrent(store, id);
  if (!entry || file === 'removed') {
    return (
      <Lost icon={<ImageOff className="size-6" />} words="This one was deleted meanwhile." detail="Its verdict and the rest of the set are kept.">
        <Button small onClick={onPass}>
          Compare the next one
        </Button>
      </Lost>
    );
  }
  if (file === 'trashed') {
    return (
      <Lost icon={<Trash2 className="size-6" />} words="This one was moved to the trash meanwhile." detail="Its verdict and the rest of the set are kept.">
        <Button small onClick={onRestore}>
          Bring it back
        </Button>
        <Button small look="ghost" onClick={onPass}>
          Compare the next one
        </Button>
      </Lost>
    );
  }
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
      {entry.durationSec === null ? <BigPicture entry={entry} label="" onLost={onLost} className="absolute inset-0" /> : <Clip entry={entry} playing={playing} video={video} onTime={onTime} onLost={onLost} />}
      <span className="absolute bottom-2 left-2 flex items-center gap-2 rounded-s bg-shade px-2 py-1 text-small text-white">
        {entry.verdict === 'pick' && <Check className="size-3.5" strokeWidth={3} />}
        {entry.verdict === 'reject' && <X className="size-3.5" strokeWidth={3} />}
        {verdictWords[entry.verdict]}
        {entry.rating !== null && <StarRow rating={entry.rating} />}
      </span>
    </button>
  );
}

function Lost({ icon, words, detail, children }: { icon: ReactNode; words: string; detail: string; children: ReactNode }) {
  return (
    <div role="alert" className="flex min-h-0 min-w-0 flex-col items-center justify-center gap-2 overflow-hidden rounded-card border border-line bg-well p-4 text-center text-ink-2">
      <span aria-hidden="true" className="text-ink-3">
        {icon}
      </span>
      <p className="text-strong text-ink">{words}</p>
      <p className="text-small">{detail}</p>
      <div className="mt-1 flex flex-wrap justify-center gap-2">{children}</div>
    </div>
  );
}

// One that comes in while the others stand still stands still as well.
function Clip({ entry, playing, video, onTime, onLost }: Pick<CompareSlotProps, 'playing' | 'video' | 'onTime' | 'onLost'> & { entry: ReviewEntry }) {
  const asset = entry.assetId as number;
  return <video ref={video} src={contentUrl(asset)} poster={thumbnailUrl(asset, largeWidth)} aria-label="" autoPlay={playing} muted loop playsInline onTimeUpdate={onTime} onError={onLost} className="absolute inset-0 size-full object-contain" />;
}
