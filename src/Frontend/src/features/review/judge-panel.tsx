import { Check, RotateCcw, X } from 'lucide-react';
import { cn } from '@/ui/cn';
import { Button } from '@/ui/button';
import { Kbd } from '@/ui/tag';
import { BigPicture } from './big-picture';
import { verdictWords, type ReviewEntry, type Verdict } from './review-model';
import { StarButtons } from './stars';

interface JudgePanelProps {
  entry: ReviewEntry;
  /** `8 / 30` */
  count: string;
  preview: boolean;
  /** Price of making one anew, or null where that is not known. */
  redoPrice: string | null;
  onJudge: (verdict: Verdict) => void;
  onRate: (rating: number) => void;
  onRedo: () => void;
}

/** The one at hand, large, with what can be said of it. */
export function JudgePanel({ entry, count, preview, redoPrice, onJudge, onRate, onRedo }: JudgePanelProps) {
  const toggle = (verdict: Verdict) => onJudge(entry.verdict === verdict ? 'unset' : verdict);
  return (
    <section aria-label="The one at hand" className="flex flex-col gap-3">
      {preview && entry.assetId !== null && (
        <div className="relative h-70 overflow-hidden rounded-c bg-well">
          <BigPicture entry={entry} label={entry.promptLabel || 'Output'} lens className="absolute inset-0" />
          <span className="absolute top-2 right-2 rounded-s bg-shade px-2 py-0.5 text-small text-white tabular-nums">{count}</span>
        </div>
      )}
      <div className="flex items-center gap-2">
        <p className="text-strong" aria-live="polite">
          {verdictWords[entry.verdict]}
        </p>
        <span className="ml-auto">
          <StarButtons rating={entry.rating} onRate={onRate} />
        </span>
      </div>
      {entry.promptLabel && <p className="line-clamp-3 text-small text-ink-2">{entry.promptLabel}</p>}
      <div className="grid grid-cols-3 gap-2">
        <Button aria-pressed={entry.verdict === 'pick'} onClick={() => toggle('pick')} className={cn(entry.verdict === 'pick' && 'border-accent-line bg-accent-soft')}>
          <Check className="size-4" />
          Pick <Kbd>P</Kbd>
        </Button>
        <Button aria-pressed={entry.verdict === 'reject'} onClick={() => toggle('reject')} className={cn(entry.verdict === 'reject' && 'border-danger-line bg-danger-soft')}>
          <X className="size-4" />
          Reject <Kbd>X</Kbd>
        </Button>
        <Button onClick={onRedo} title="Make this one anew, as it is or with a change">
          <RotateCcw className="size-4" />
          Redo {redoPrice && <span className="text-ink-2">{redoPrice}</span>}
        </Button>
      </div>
    </section>
  );
}
