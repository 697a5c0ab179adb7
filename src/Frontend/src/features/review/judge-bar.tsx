import { Check, RotateCcw, X } from 'lucide-react';
import { Button } from '@/ui/button';
import type { ReviewEntry, Verdict } from './review-model';
import { StarButtons } from './stars';

interface JudgeBarProps {
  entry: ReviewEntry;
  /** Price of making one anew, or null where that is not known. */
  redoPrice: string | null;
  onJudge: (verdict: Verdict) => void;
  onRate: (rating: number) => void;
  onRedo: () => void;
}

const round = 'grid size-14 shrink-0 place-items-center rounded-full';

/** What can be said of the one at hand, for thumbs. */
export function JudgeBar({ entry, redoPrice, onJudge, onRate, onRedo }: JudgeBarProps) {
  const toggle = (verdict: Verdict) => onJudge(entry.verdict === verdict ? 'unset' : verdict);
  return (
    <div className="flex flex-col gap-1">
      <div className="flex items-center gap-2">
        <p className="line-clamp-2 min-w-0 flex-1 text-small text-ink-2">{entry.promptLabel}</p>
        <Button small look="ghost" onClick={onRedo}>
          <RotateCcw className="size-4" />
          Redo {redoPrice && <span className="text-ink-3">{redoPrice}</span>}
        </Button>
      </div>
      <div className="flex items-center justify-between gap-2">
        <button type="button" aria-label="Reject" aria-pressed={entry.verdict === 'reject'} onClick={() => toggle('reject')} className={`${round} border border-line-2 bg-surface text-danger aria-pressed:border-danger-line aria-pressed:bg-danger-soft`}>
          <X className="size-6" strokeWidth={2.5} />
        </button>
        <StarButtons rating={entry.rating} onRate={onRate} />
        <button type="button" aria-label="Pick" aria-pressed={entry.verdict === 'pick'} onClick={() => toggle('pick')} className={`${round} bg-accent text-on-accent aria-pressed:ring-2 aria-pressed:ring-accent-graph aria-pressed:ring-offset-2 aria-pressed:ring-offset-bg`}>
          <Check className="size-6" strokeWidth={2.5} />
        </button>
      </div>
    </div>
  );
}
