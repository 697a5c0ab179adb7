import { Link } from '@tanstack/react-router';
import type { PipelineSummary } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { paths } from '@/domain/paths';
import { about, when } from '@/domain/time';
import { Dot } from '@/ui/tag';
import { statusWords, type StatusWords } from './status';

const dots: Record<StatusWords['tone'], 'idle' | 'live' | 'warn' | 'bad' | 'good'> = { plain: 'idle', video: 'live', warn: 'warn', bad: 'bad', good: 'good' };

/** A run on one line, and how far it is. */
export function RunRow({ pipeline }: { pipeline: PipelineSummary }) {
  const words = statusWords(pipeline);
  const { progress } = pipeline;
  const running = pipeline.status === 'running';
  return (
    <Link to={paths.run} params={{ id: String(pipeline.id) }} className="flex items-center gap-3 rounded-c px-3 py-2 hover:bg-raised aria-[current=page]:bg-raised max-lg:min-h-11">
      <Dot tone={dots[words.tone]} />
      <span className="min-w-0 flex-1">
        <span className="block truncate text-label text-ink">{pipeline.name || `Run ${pipeline.id}`}</span>
        <span className="block truncate text-small text-ink-3">
          {running ? `${progress.succeeded}/${progress.total} done${progress.eta_sec === null ? '' : ` · ${about(progress.eta_sec)} left`}` : `${words.text} · ${when(pipeline.created_at, new Date())}`}
        </span>
      </span>
      <span className="text-small text-ink-3">{formatMoney(pipeline.cost_actual)}</span>
    </Link>
  );
}
