import { useQueries, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { api, type Page } from '@/api/client';
import type { Asset, PipelineSummary } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';
import { isUntouched } from '@/domain/draft/draft';
import { useDraft } from '@/domain/draft/draft-store';
import { paths } from '@/domain/paths';
import { recentPipelinesQuery } from '@/domain/pipelines/queries';
import { statusWords } from '@/domain/pipelines/status';
import { splitPrompts } from '@/domain/prompts/split-prompts';
import { when } from '@/domain/time';
import { cn } from '@/ui/cn';
import { Skeleton } from '@/ui/states';
import { Dot } from '@/ui/tag';

/** The draft, when there is one, and the newest runs, as pictures. */
export function RecentWork() {
  const draft = useDraft();
  const recent = useQuery(recentPipelinesQuery);
  const hasDraft = !isUntouched(draft);
  const runs = (recent.data ?? []).slice(0, hasDraft ? 3 : 4);
  const pictures = useQueries({
    queries: runs.map((run) => ({
      queryKey: ['assets', 'of-run', run.id],
      queryFn: async ({ signal }: { signal: AbortSignal }) => (await api.get<Page<Asset>>('/assets', { query: { pipeline_id: run.id, limit: 5 }, signal })).data,
      staleTime: run.status === 'running' ? 5_000 : 300_000,
    })),
  });

  if (recent.isPending) {
    return (
      <Section>
        {Array.from({ length: 4 }, (_, index) => (
          <Skeleton key={index} className="h-40" />
        ))}
      </Section>
    );
  }
  if (!hasDraft && runs.length === 0) return null;
  return (
    <Section>
      {hasDraft && (
        <Link to={paths.playground} className="group flex flex-col gap-2.25">
          <span className="relative block h-30 overflow-hidden rounded-[12px] bg-raised">
            {draft.images[0] && <img src={draft.images[0].thumbnailUrl} alt="" className="size-full object-cover" />}
            <span className="absolute inset-0 bg-linear-to-b from-black/10 to-black/65" />
            <span className="absolute bottom-3 left-3.5 flex h-8 items-center rounded-m bg-white px-2.75 text-label text-black">Continue</span>
          </span>
          <Words title={`Draft: ${splitPrompts(draft.prompt)[0] ?? 'no prompt yet'}`}>
            {count(draft.images.length, 'photo')} · {count(splitPrompts(draft.prompt).length, 'prompt')}
          </Words>
        </Link>
      )}
      {runs.map((run, index) => (
        <RunCard key={run.id} run={run} assets={pictures[index]?.data} />
      ))}
    </Section>
  );
}

function Section({ children }: { children: ReactNode }) {
  return (
    <section aria-labelledby="recent-work">
      <div className="mt-6.5 mb-3 flex items-baseline">
        <h2 id="recent-work" className="text-head">
          Recent work
        </h2>
        <Link to={paths.jobs} className="ml-auto text-small text-ink-3 hover:text-ink">
          All runs
        </Link>
      </div>
      <div className="grid grid-cols-4 gap-4 max-xl:grid-cols-3 max-lg:grid-cols-2">{children}</div>
    </section>
  );
}

function Words({ title, children }: { title: string; children: ReactNode }) {
  return (
    <span className="block min-w-0">
      <span className="block truncate text-[13.5px]/4.5 font-semibold">{title}</span>
      <span className="mt-px flex items-center gap-1.75 truncate text-small text-ink-3">{children}</span>
    </span>
  );
}

const dots = { plain: 'idle', video: 'live', warn: 'warn', bad: 'bad', good: 'good' } as const;

function RunCard({ run, assets }: { run: PipelineSummary; assets: readonly Asset[] | undefined }) {
  const words = statusWords(run);
  const many = assets?.length ?? 0;
  const cells = (assets ?? []).slice(0, many >= 5 ? 5 : many >= 3 ? 3 : 1);
  return (
    <Link to={paths.run} params={{ id: String(run.id) }} className="flex flex-col gap-2.25">
      <span className={cn('grid h-30 gap-0.75 overflow-hidden rounded-[12px] bg-raised', cells.length === 5 && 'grid-cols-[2fr_1fr_1fr] grid-rows-2', cells.length === 3 && 'grid-cols-[2fr_1fr] grid-rows-2')}>
        {cells.map((asset, index) => (
          <span key={asset.id} className={cn('relative min-h-0 overflow-hidden bg-well', index === 0 && cells.length > 1 && 'row-span-2')}>
            <img src={asset.thumbnail_url} alt="" loading="lazy" className="absolute inset-0 size-full object-cover" />
          </span>
        ))}
        {assets && many === 0 && <span className="grid place-items-center text-small text-ink-3">No pictures yet</span>}
      </span>
      <Words title={run.name || `Run ${run.id}`}>
        <Dot tone={dots[words.tone]} />
        {words.text === 'Done' ? `${count(run.progress.succeeded, 'output')} · ${formatMoney(run.cost_actual)}` : words.text} · {when(run.created_at, new Date())}
      </Words>
    </Link>
  );
}
