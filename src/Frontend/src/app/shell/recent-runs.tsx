import type { PipelineSummary } from '@/domain/api';
import { RunRow } from '@/domain/pipelines/run-row';

export function RecentRuns({ runs, onOpen }: { runs: readonly PipelineSummary[]; onOpen: () => void }) {
  if (runs.length === 0) return <p className="p-3 text-ink-3">No runs yet. What you generate is listed here.</p>;
  return (
    <ul onClickCapture={onOpen}>
      {runs.map((run) => (
        <li key={run.id}>
          <RunRow pipeline={run} />
        </li>
      ))}
    </ul>
  );
}
