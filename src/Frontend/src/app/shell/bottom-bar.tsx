import { Link } from '@tanstack/react-router';
import { Images, Settings, Wand2, Workflow } from 'lucide-react';
import { paths } from '@/domain/paths';

const places = [
  { to: paths.playground, label: 'Playground', Icon: Wand2 },
  { to: paths.workflows, label: 'Workflows', Icon: Workflow },
  { to: paths.library, label: 'Library', Icon: Images },
  { to: paths.settings, label: 'Settings', Icon: Settings },
] as const;

/** The tabs of the top bar, within reach of a thumb. */
export function BottomBar() {
  return (
    <nav aria-label="Main" className="grid grid-cols-4 border-t border-line bg-panel pb-[env(safe-area-inset-bottom)] lg:hidden">
      {places.map(({ to, label, Icon }) => (
        <Link key={to} to={to} className="flex h-15 flex-col items-center justify-center gap-1 text-tiny text-ink-3 aria-[current=page]:text-ink aria-[current=page]:[&_svg]:text-accent-ink">
          <Icon className="size-5" strokeWidth={1.75} />
          {label}
        </Link>
      ))}
    </nav>
  );
}
