import { AlertTriangle, Check, X } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { IconButton } from './button';
import { cn } from './cn';

interface Action {
  label: string;
  run: () => void;
}

interface Toast {
  id: number;
  tone: 'good' | 'bad';
  title: string;
  detail?: string;
  actions: readonly Action[];
  /** What it speaks of, if that has a page of its own. */
  about?: string;
}

let toasts: readonly Toast[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

function change(next: readonly Toast[]): void {
  toasts = next;
  listeners.forEach((listener) => listener());
}

const dismiss = (id: number) => change(toasts.filter((toast) => toast.id !== id));

function show(toast: Omit<Toast, 'id'>): void {
  const id = ++lastId;
  change([...toasts, { ...toast, id }].slice(-4));
  // Time to read, and ten seconds for anything that can be undone.
  setTimeout(() => dismiss(id), toast.actions.length > 0 ? 10_000 : toast.tone === 'bad' ? 8_000 : 4_500);
}

const speak = (about?: string) => ({
  good: (title: string, { detail, action }: { detail?: string; action?: Action } = {}) => show({ tone: 'good', title, ...(detail && { detail }), actions: action ? [action] : [], ...(about && { about }) }),
  /** @param actions ways on: try again, go and look. */
  bad: (title: string, detail?: string, ...actions: Action[]) => show({ tone: 'bad', title, ...(detail && { detail }), actions, ...(about && { about }) }),
});

export const toast = {
  ...speak(),
  about: speak,
  /** Takes away what was said about something: whoever looks at it sees for themselves. */
  seen: (about: string) => change(toasts.filter((toast) => toast.about !== about)),
  clear: () => change([]),
};

export function Toaster() {
  const shown = useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, () => toasts);
  return (
    <div role="region" aria-label="Notifications" aria-live="polite" className="pointer-events-none fixed bottom-14 left-1/2 z-60 flex w-[min(400px,calc(100vw-32px))] -translate-x-1/2 flex-col gap-2 max-lg:top-16 max-lg:bottom-auto">
      {shown.map(({ id, tone, title, detail, actions }) => (
        <div key={id} className="pointer-events-auto flex items-center gap-3 rounded-[12px] border border-line-2 bg-popover py-2 pr-2 pl-3.5 shadow-2 animate-rise">
          {tone === 'good' ? <Check className="size-4 shrink-0 text-success" /> : <AlertTriangle className="size-4 shrink-0 text-danger" />}
          <div className={cn('min-w-0 flex-1 py-1 text-small text-ink', tone === 'bad' && 'font-[550]')}>
            {title}
            {detail && <span className="block font-[450] break-words text-ink-2">{detail}</span>}
          </div>
          {actions.map((action) => (
            <button
              key={action.label}
              type="button"
              className="h-8 rounded-m px-2 text-label text-accent-ink hover:bg-raised max-lg:h-11 max-lg:min-w-11 max-lg:text-center"
              onClick={() => {
                action.run();
                dismiss(id);
              }}
            >
              {action.label}
            </button>
          ))}
          <IconButton small label="Dismiss" onClick={() => dismiss(id)}>
            <X className="size-3.5" />
          </IconButton>
        </div>
      ))}
    </div>
  );
}
