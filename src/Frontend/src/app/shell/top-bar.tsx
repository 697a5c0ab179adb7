import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { Session } from '@/domain/api';
import { paths } from '@/domain/paths';
import { recentPipelinesQuery } from '@/domain/pipelines/queries';
import { Logo } from '@/ui/logo';
import { ProfileMenu } from './profile-menu';
import { SpendMeter } from './spend-meter';

const tabs = [
  { to: paths.playground, label: 'Playground' },
  { to: paths.workflows, label: 'Workflows' },
  { to: paths.library, label: 'Library' },
] as const;

export function TopBar({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const recent = useQuery(recentPipelinesQuery);
  const waiting = recent.data?.filter((pipeline) => pipeline.status_reason === 'review').length ?? 0;
  return (
    <header className="relative z-20 flex items-center gap-4 border-b border-line bg-panel px-5 max-lg:px-4">
      <Link to={paths.start} className="flex h-11 w-71 items-center gap-2.5 font-display text-[15.5px] font-[650] tracking-[-.015em] max-xl:w-auto max-lg:mr-auto" aria-label="Pipeline, start">
        <Logo className="h-5.5 w-7.5" />
        Pipeline
      </Link>
      <nav aria-label="Main" className="flex h-full gap-1 max-lg:hidden">
        {tabs.map((tab) => (
          <Link
            key={tab.to}
            to={tab.to}
            className="relative flex h-full items-center gap-1.75 px-3.5 text-strong text-ink-2 transition-colors hover:text-ink aria-[current=page]:text-ink aria-[current=page]:after:absolute aria-[current=page]:after:inset-x-3.5 aria-[current=page]:after:-bottom-px aria-[current=page]:after:h-0.5 aria-[current=page]:after:rounded-t-[2px] aria-[current=page]:after:bg-accent-graph"
          >
            {tab.label}
            {tab.to === paths.workflows && waiting > 0 && (
              <span title="Waiting for your review" className="h-4.5 min-w-4.5 rounded-full bg-warn-soft px-1.25 text-center text-[11px]/4.5 font-[650] text-warn">
                {waiting}
                <span className="sr-only"> waiting for your review</span>
              </span>
            )}
          </Link>
        ))}
      </nav>
      <div className="ml-auto flex items-center gap-3 max-lg:ml-0">
        <SpendMeter />
        <ProfileMenu session={session} onHelp={onHelp} />
      </div>
    </header>
  );
}
