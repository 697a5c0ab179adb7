import { Link } from '@tanstack/react-router';
import { BookOpen, CircleHelp, KeyRound, LogOut, Monitor, Moon, Settings, Sun } from 'lucide-react';
import { describeError } from '@/api/problem';
import { paths } from '@/domain/paths';
import { useSignOut } from '@/domain/session/session';
import { chooseTheme, useThemeChoice } from '@/domain/theme/theme';
import { popoverItemClass } from '@/ui/popover';
import { Segmented } from '@/ui/radio-group';
import { toast } from '@/ui/toast';

const themes = [
  { value: 'light', label: <><Sun className="size-4" />Light</> },
  { value: 'dark', label: <><Moon className="size-4" />Dark</> },
  { value: 'system', label: <><Monitor className="size-4" />System</> },
] as const;

export function ProfileItems({ onHelp, onClose }: { onHelp: () => void; onClose: () => void }) {
  const theme = useThemeChoice();
  const signOut = useSignOut();
  return (
    <>
      <Segmented small label="Theme" className="mx-1 mb-1" value={theme} options={themes} onChange={chooseTheme} />
      <Link to={paths.settings} onClick={onClose} className={popoverItemClass}>
        <Settings className="size-4 text-ink-3" />
        Settings
      </Link>
      <Link to={paths.settings} hash="api-keys" onClick={onClose} className={popoverItemClass}>
        <KeyRound className="size-4 text-ink-3" />
        API keys
      </Link>
      <button
        type="button"
        className={popoverItemClass}
        onClick={() => {
          onClose();
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
    </>
  );
}
