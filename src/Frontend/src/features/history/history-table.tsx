import { Link } from '@tanstack/react-router';
import type { PipelineSummary } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { grouped } from '@/domain/count';
import { paths } from '@/domain/paths';
import { statusWords } from '@/domain/pipelines/status';
import { span, when } from '@/domain/time';
import { Checkbox } from '@/ui/controls';
import { Tag } from '@/ui/tag';

interface HistoryTableProps {
  runs: readonly PipelineSummary[];
  picked: ReadonlySet<number>;
  onPick: (id: number, picked: boolean) => void;
  onPickAll: (picked: boolean) => void;
}

export const nameOf = (run: Pick<PipelineSummary, 'id' | 'name'>) => run.name || `Run ${run.id}`;

/** How long it took, or has taken so far; null before it began. */
const durationOf = (run: PipelineSummary, now: Date) => (run.started_at === null ? null : span(run.started_at, run.finished_at ?? now.toISOString()));

const percent = (share: number) => `${share === 1 ? 100 : Math.min(99.9, Math.round(share * 1000) / 10)} %`;

function Outputs({ run: { progress } }: { run: PipelineSummary }) {
  return (
    <>
      {grouped(progress.succeeded)}
      {progress.failed > 0 && <span className="text-danger"> · {grouped(progress.failed)} failed</span>}
      {progress.succeeded + progress.failed < progress.total && <span className="text-ink-3"> of {grouped(progress.total)}</span>}
    </>
  );
}

function Marks({ run }: { run: PipelineSummary }) {
  if (!run.simulated && run.tags.length === 0) return null;
  return (
    <span className="mt-0.5 flex flex-wrap gap-1">
      {run.simulated && <Tag tone="dashed">Demo renderer</Tag>}
      {run.tags.map((tag) => (
        <Tag key={tag}>{tag}</Tag>
      ))}
    </span>
  );
}

const head = 'px-3 py-2.5 text-left text-small font-[550] text-ink-3';
const cell = 'px-3 py-2.5 align-middle text-body text-ink-2';

/** One run a line, on a wide screen. */
export function HistoryTable({ runs, picked, onPick, onPickAll }: HistoryTableProps) {
  const now = new Date();
  const all = runs.length > 0 && runs.every((run) => picked.has(run.id));
  return (
    <div className="overflow-x-auto rounded-card border border-line bg-surface">
      <table className="w-full border-collapse tabular-nums">
        <thead>
          <tr className="border-b border-line">
            <th scope="col" className={head}>
              <Checkbox label="Select all shown" checked={all} onChange={onPickAll} />
            </th>
            {['Name', 'Status', 'Created', 'Duration', 'Outputs', 'Success', 'Estimated', 'Cost'].map((name, index) => (
              <th key={name} scope="col" className={`${head} ${index > 5 ? 'text-right' : ''}`}>
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => {
            const words = statusWords(run);
            return (
              <tr key={run.id} className="border-line not-first:border-t hover:bg-raised has-checked:bg-accent-soft">
                <td className={cell}>
                  <Checkbox label={`Select ${nameOf(run)}`} checked={picked.has(run.id)} onChange={(on) => onPick(run.id, on)} />
                </td>
                <td className={`${cell} max-w-90 min-w-44`}>
                  <Link to={paths.run} params={{ id: String(run.id) }} className="block truncate text-strong text-ink hover:underline">
                    {nameOf(run)}
                  </Link>
                  <Marks run={run} />
                </td>
                <td className={cell}>
                  <Tag tone={words.tone}>{words.text}</Tag>
                </td>
                <td className={`${cell} whitespace-nowrap`}>
                  <time dateTime={run.created_at} title={new Date(run.created_at).toLocaleString('en-GB')}>
                    {when(run.created_at, now)}
                  </time>
                </td>
                <td className={`${cell} whitespace-nowrap`}>{durationOf(run, now) ?? '–'}</td>
                <td className={`${cell} whitespace-nowrap`}>
                  <Outputs run={run} />
                </td>
                <td className={cell}>{run.success_rate === null ? '–' : percent(run.success_rate)}</td>
                <td className={`${cell} text-right`}>{formatMoney(run.cost_estimate)}</td>
                <td className={`${cell} text-right text-strong text-ink`}>{formatMoney(run.cost_actual)}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}

/** One run a card: on a narrow screen, and where somebody likes them better. */
export function HistoryCards({ runs, picked, onPick }: HistoryTableProps) {
  const now = new Date();
  return (
    <ul aria-label="Runs" className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,340px),1fr))] gap-2.5">
      {runs.map((run) => {
        const words = statusWords(run);
        return (
          <li key={run.id} className="flex gap-3 rounded-card border border-line bg-surface p-3 has-checked:border-accent-line has-checked:bg-accent-soft">
            <Checkbox label={`Select ${nameOf(run)}`} checked={picked.has(run.id)} onChange={(on) => onPick(run.id, on)} className="mt-1" />
            <Link to={paths.run} params={{ id: String(run.id) }} className="flex min-w-0 flex-1 flex-col gap-1">
              <span className="flex items-start gap-2">
                <span className="min-w-0 flex-1 truncate text-strong text-ink">{nameOf(run)}</span>
                <Tag tone={words.tone}>{words.text}</Tag>
              </span>
              <span className="text-small text-ink-2">
                <Outputs run={run} />
                {run.success_rate !== null && ` · ${percent(run.success_rate)} succeeded`}
              </span>
              <span className="flex text-small text-ink-3">
                {[when(run.created_at, now), durationOf(run, now)].filter(Boolean).join(' · ')}
                <span className="ml-auto text-ink-2">
                  {formatMoney(run.cost_actual)} of {formatMoney(run.cost_estimate)}
                </span>
              </span>
              <Marks run={run} />
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
