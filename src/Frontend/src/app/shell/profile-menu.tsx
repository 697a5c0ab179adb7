import { Link } from '@tanstack/react-router';
import { BookOpen, CircleHelp, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/api/problem';
import type { Session } from '@/domain/api';
import { paths } from '@/domain/paths';
import { useSignOut } from '@/domain/session/session';
import { chooseTheme, useThemeChoice } from '@/domain/theme/theme';
import { Popover, popoverItemClass } from '@/ui/popover';
import { Segmented } from '@/ui/radio-group';
import { toast } from '@/ui/toast';

const themes = [
  { value: 'light', label: <><Sun className="size-4" />Light</> },
  { value: 'dark', label: <><Moon className="size-4" />Dark</> },
  { value: 'system', label: <><Monitor className="size-4" />System</> },
] as const;

const initials = (name: string) => name.split(/\s+/).slice(0, 2).map((word) => word[0]?.toUpperCase() ?? '').join('') || 'P';

export function ProfileMenu({ session, onHelp }: { session: Session; onHelp: () => void }) {
  const [open, setOpen] = useState(false);
  const theme = useThemeChoice();
  const signOut = useSignOut();
  const name = session.user?.name ?? session.workspace?.name ?? 'Workspace';
  const close = () => setOpen(false);
  return (
    <Popover
      label="Account"
      align="end"
      open={open}
      onOpenChange={setOpen}
      className="w-68 p-1"
      trigger={
        <button type="button" aria-label={`${name}, account`} className="grid size-8 place-items-center rounded-full border border-line-2 bg-raised text-[12px] font-semibold text-ink-2 hover:border-control touch-target">
          {initials(name)}
        </button>
      }
    >
      <div className="px-2.5 pt-2 pb-2.5">
        <p className="truncate text-strong">{name}</p>
        {session.workspace?.name && session.workspace.name !== name && <p className="truncate text-small text-ink-3">{session.workspace.name}</p>}
      </div>
      <Segmented small label="Theme" className="mx-1 mb-1" value={theme} options={themes} onChange={chooseTheme} />
      <Link to={paths.settings} onClick={close} className={popoverItemClass}>
        <Settings className="size-4 text-ink-3" />
        Settings and API keys
      </Link>
      <button
        type="button"
        className={popoverItemClass}
        onClick={() => {
          close();
          onHelp();
        }}
      >
        <CircleHelp className="size-4 text-ink-3" />
        Help
      </button>
      <a href="/docs" target="_blank" rel="noreferrer" className={popoverItemClass}>
        <BookOpen className="size-4 text-ink-3" />
        API reference
      </a>
      <button type="button" className={popoverItemClass} onClick={() => signOut.mutate(undefined, { onError: (error) => toast.bad('Signing out did not work', describeError(error)) })}>
        <LogOut className="size-4 text-ink-3" />
        Sign out
      </button>
    </Popover>
  );
}
