import { Link } from '@tanstack/react-router';
import type { ProblemError } from '@/api/problem';
import { count } from '@/domain/count';
import { paths } from '@/domain/paths';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/states';

/** What a 412 tells: how the set stands that somebody else has changed. */
export interface Stale {
  /** The step's version since then. */
  version: number;
  status: string;
  outputs: number;
  picked: number;
  rejected: number;
  unjudged: number;
  outputIds: readonly number[];
}

interface Changed {
  status?: string;
  outputs?: number;
  picked?: number;
  rejected?: number;
  unjudged?: number;
  output_ids?: number[];
}

/** Null for another problem. */
export function staleOf(error: ProblemError): Stale | null {
  if (error.status !== 412) return null;
  const { status = 'review', outputs = 0, picked = 0, rejected = 0, unjudged = 0, output_ids = [] } = (error.problem as { changed?: Changed }).changed ?? {};
  const { version = 0 } = error.problem as { version?: number };
  return { version, status, outputs, picked, rejected, unjudged, outputIds: output_ids };
}

interface StaleNoticeProps {
  stale: Stale;
  runId: number;
  onShow: () => void;
  onApprove: () => void;
  onClose: () => void;
}

/** Two people, one set: what the other one changed, and the ways on. */
export function StaleNotice({ stale, runId, onShow, onApprove, onClose }: StaleNoticeProps) {
  if (stale.status !== 'review' && stale.status !== 'running') {
    return (
      <Notice tone="warn" title="Somebody else decided this set meanwhile" action={<Link to={paths.run} params={{ id: String(runId) }} className="text-label text-accent-ink underline">To the run</Link>}>
        Your approval was not needed, and nothing was paid twice.
      </Notice>
    );
  }
  const parts = [stale.picked > 0 && `${stale.picked} picked`, stale.rejected > 0 && `${stale.rejected} rejected`, stale.unjudged > 0 && `${stale.unjudged} without a verdict`].filter(Boolean).join(', ');
  return (
    <Notice
      tone="warn"
      title={stale.outputs > 0 ? `Somebody else changed ${count(stale.outputs, 'output')} meanwhile` : 'The set changed meanwhile'}
      action={
        <span className="flex flex-wrap gap-2">
          {stale.outputs > 0 && (
            <Button small onClick={onShow}>
              Show them
            </Button>
          )}
          <Button small onClick={onApprove}>
            Approve as it is now
          </Button>
          <Button small look="ghost" onClick={onClose}>
            Look again
          </Button>
        </span>
      }
    >
      {parts ? `They are now ${parts}. ` : ''}Nothing was sent on, and what you judged is kept.
    </Notice>
  );
}
