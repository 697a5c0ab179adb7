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
  /** Who changed them, and to what. */
  by: readonly Changes[];
}

/** What one of them changed; the name is null where it is not known. */
export interface Changes {
  name: string | null;
  outputs: number;
  picked: number;
  rejected: number;
  unjudged: number;
}

interface Changed {
  status?: string;
  outputs?: number;
  picked?: number;
  rejected?: number;
  unjudged?: number;
  output_ids?: number[];
  by?: Changes[];
}

const partsOf = ({ picked, rejected, unjudged }: Pick<Changes, 'picked' | 'rejected' | 'unjudged'>) =>
  [picked > 0 && `${picked} picked`, rejected > 0 && `${rejected} rejected`, unjudged > 0 && `${unjudged} without a verdict`].filter(Boolean).join(', ');

const nameOf = (name: string | null, me: string | null) => (name === null ? 'Somebody' : name === me ? 'You, in another window' : name);

/** `Anna`, `Anna and Ben`, or the number of them. Pure. */
export function whoOf(by: readonly Changes[], me: string | null): string {
  const [first, second, ...more] = by;
  if (!first || (by.length === 1 && first.name === null)) return 'Somebody else';
  if (!second) return nameOf(first.name, me);
  return more.length > 0 ? `${by.length} people` : `${nameOf(first.name, me)} and ${nameOf(second.name, me)}`;
}

/** Null for another problem. */
export function staleOf(error: ProblemError): Stale | null {
  if (error.status !== 412) return null;
  const { status = 'review', outputs = 0, picked = 0, rejected = 0, unjudged = 0, output_ids = [], by = [] } = (error.problem as { changed?: Changed }).changed ?? {};
  const { version = 0 } = error.problem as { version?: number };
  return { version, status, outputs, picked, rejected, unjudged, outputIds: output_ids, by };
}

interface StaleNoticeProps {
  stale: Stale;
  /** Who is looking; null with a key. */
  me: string | null;
  runId: number;
  onShow: () => void;
  onApprove: () => void;
  onClose: () => void;
}

/** Two people, one set: what the other one changed, and the ways on. */
export function StaleNotice({ stale, me, runId, onShow, onApprove, onClose }: StaleNoticeProps) {
  if (stale.status !== 'review' && stale.status !== 'running') {
    return (
      <Notice tone="warn" title="Somebody else decided this set meanwhile" action={<Link to={paths.run} params={{ id: String(runId) }} className="text-label text-accent-ink underline">To the run</Link>}>
        Your approval was not needed, and nothing was paid twice.
      </Notice>
    );
  }
  const parts = partsOf(stale);
  // One name says it all in the title; of several each gets a line of their own.
  const several = stale.by.length > 1;
  return (
    <Notice
      tone="warn"
      title={stale.outputs > 0 ? `${whoOf(stale.by, me)} changed ${count(stale.outputs, 'output')} meanwhile` : 'The set changed meanwhile'}
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
      {several ? (
        <ul>
          {stale.by.map((one) => (
            <li key={one.name}>
              {nameOf(one.name, me)}: {partsOf(one)}.
            </li>
          ))}
        </ul>
      ) : (
        parts && `They are now ${parts}. `
      )}
      Nothing was sent on, and what you judged is kept.
    </Notice>
  );
}
