import { AlertTriangle } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from './button';
import { cn } from './cn';

/** One sentence, one action. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <div className="flex max-w-100 flex-col items-center gap-2 text-center">
        <h2 className="text-head">{title}</h2>
        {children && <p className="text-ink-2">{children}</p>}
        {action && <div className="mt-3">{action}</div>}
      </div>
    </div>
  );
}

interface NoticeProps {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  tone?: 'bad' | 'warn';
  className?: string;
}

/** What happened and what to do; the colour is on the border and the title only. */
export function Notice({ title, children, action, tone = 'bad', className }: NoticeProps) {
  return (
    <div role="alert" className={cn('flex gap-3 rounded-card border p-3.5', tone === 'bad' ? 'border-danger-line bg-danger-soft' : 'border-warn-line bg-warn-soft', className)}>
      <AlertTriangle className={cn('mt-0.5 size-4.5 shrink-0', tone === 'bad' ? 'text-danger' : 'text-warn')} />
      <div className="min-w-0 flex-1">
        <p className={cn('text-strong', tone === 'bad' ? 'text-danger' : 'text-warn')}>{title}</p>
        {children && <div className="mt-0.5 text-small break-words text-ink-2">{children}</div>}
      </div>
      {action && <div className="self-center">{action}</div>}
    </div>
  );
}

export function LoadError({ title, message, onRetry }: { title: string; message: string; onRetry: () => void }) {
  return (
    <div className="grid flex-1 place-items-center p-8">
      <Notice title={title} action={<Button small onClick={onRetry}>Try again</Button>} className="max-w-130">
        {message}
      </Notice>
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden="true" className={cn('animate-pulse-soft rounded-m bg-raised', className)} />;
}
