import { grouped } from '@/domain/count';
import { Switch } from '@/ui/controls';
import { Kbd } from '@/ui/tag';
import type { Saving } from './review-store';

interface ReviewFooterProps {
  /** What was done last; null when that is a while ago. */
  said: string | null;
  canUndo: boolean;
  onUndo: () => void;
  saving: Saving;
  /** What was said is given a while before it is saved, because it is bought then, or ends the review. */
  slow: boolean;
  /** Picks that have not gone on yet. */
  going: number;
  onSendNow: () => void;
  advance: boolean;
  onAdvance: (advance: boolean) => void;
}

const keys = [['P', 'pick'], ['X', 'reject'], ['U', 'unset'], ['1 – 5', 'rate'], ['R', 'redo'], ['Z', 'loupe'], ['C', 'compare']] as const;

const wordsOf = (waits: boolean, going: number) => (!waits ? 'Saving' : going > 0 ? `${grouped(going)} ${going === 1 ? 'goes' : 'go'} on in a few seconds` : 'Saved in a few seconds');

/** What was said last with the way back, else the keys; and whether it is saved. */
export function ReviewFooter({ said, canUndo, onUndo, saving, slow, going, onSendNow, advance, onAdvance }: ReviewFooterProps) {
  const waits = slow && saving === 'waiting';
  return (
    <footer className="flex min-h-8 flex-wrap items-center gap-x-4 gap-y-1">
      <div role="status" className="flex min-w-0 items-center gap-2 text-small text-ink-2">
        {said ? (
          <>
            <span className="truncate">{said}</span>
            {canUndo && (
              <button type="button" onClick={onUndo} className="text-label text-accent-ink touch-target">
                Undo
              </button>
            )}
          </>
        ) : (
          <span className="flex flex-wrap gap-x-4 gap-y-1 max-lg:hidden">
            {keys.map(([key, does]) => (
              <span key={key} className="flex items-center gap-1.5">
                <Kbd>{key}</Kbd> {does}
              </span>
            ))}
          </span>
        )}
      </div>
      <span className="ml-auto flex items-center gap-3 text-small text-ink-3">
        <span>{saving === 'waiting' ? wordsOf(waits, going) : saving === 'saved' ? 'Saved' : 'Kept here'}</span>
        {waits && (
          <button type="button" onClick={onSendNow} className="text-label text-accent-ink touch-target">
            Now
          </button>
        )}
        <Switch label="Move on after each decision" checked={advance} onChange={onAdvance} />
      </span>
    </footer>
  );
}
