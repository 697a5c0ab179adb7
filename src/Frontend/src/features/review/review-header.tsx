import { Link } from '@tanstack/react-router';
import { ArrowLeft, Columns2, FastForward, Grid2x2, LayoutGrid, Maximize2, Pause, RotateCcw, SquareStack, Sparkles, Undo2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import type { Pipeline, Step } from '@/domain/api';
import { paths } from '@/domain/paths';
import { Button } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Popover, popoverItemClass } from '@/ui/popover';
import { Segmented } from '@/ui/radio-group';
import { Kbd, Tag } from '@/ui/tag';

export type View = 'matrix' | 'grid' | 'loupe' | 'compare';

const views = [
  { value: 'matrix' as const, label: <ViewLabel icon={<LayoutGrid className="size-4" />} words="Matrix" /> },
  { value: 'grid' as const, label: <ViewLabel icon={<Grid2x2 className="size-4" />} words="Grid" /> },
  { value: 'loupe' as const, label: <ViewLabel icon={<Maximize2 className="size-4" />} words="Loupe" /> },
  { value: 'compare' as const, label: <ViewLabel icon={<Columns2 className="size-4" />} words="Compare" /> },
];

/** On a phone there is no room for the matrix, and cards stand for the loupe. */
const viewsByFinger = [
  { value: 'loupe' as const, label: <ViewLabel icon={<SquareStack className="size-4.5" />} words="Cards" narrow /> },
  { value: 'grid' as const, label: <ViewLabel icon={<Grid2x2 className="size-4.5" />} words="Grid" narrow /> },
  { value: 'compare' as const, label: <ViewLabel icon={<Columns2 className="size-4.5" />} words="Compare" narrow /> },
];

function ViewLabel({ icon, words, narrow }: { icon: ReactNode; words: string; narrow?: boolean }) {
  return (
    <span className={cn('flex items-center gap-1.5', narrow ? 'px-1.5' : 'px-1')}>
      {icon}
      <span className={cn(narrow && 'sr-only')}>{words}</span>
    </span>
  );
}

/** `10:42`, or the day where that was another one. */
function clockOf(iso: string): string {
  const then = new Date(iso);
  return then.toDateString() === new Date().toDateString() ? then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' }) : then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

interface ReviewHeaderProps {
  run: Pipeline;
  step: Step;
  canUndo: boolean;
  onUndo: () => void;
  narrow: boolean;
  rolling: boolean;
  onBest: (of: number) => void;
  onRejectRest: () => void;
  onRedoRejected: () => void;
  /** Null where there is but one way to look. */
  view: View | null;
  onView: (view: View) => void;
}

/** Which set this is, how it stands, and what is done with many of it at once. */
export function ReviewHeader({ run, step, canUndo, onUndo, narrow, rolling, onBest, onRejectRest, onRedoRejected, view, onView }: ReviewHeaderProps) {
  const [open, setOpen] = useState(false);
  const choose = (act: () => void) => () => {
    setOpen(false);
    act();
  };
  const running = step.status === 'running';
  const waits = step.status === 'review';
  return (
    <header className="flex flex-wrap items-center gap-x-3 gap-y-2">
      <Link to={paths.run} params={{ id: String(run.id) }} aria-label="Back to the run" title="Back to the run" className="-ml-1 grid size-8.5 place-items-center rounded-c text-ink-2 hover:bg-raised hover:text-ink touch-target">
        <ArrowLeft className="size-4.5" />
      </Link>
      <h1 className="min-w-0 truncate text-title max-lg:max-w-[42vw]">{run.name || `Run ${run.id}`}</h1>
      <Tag tone={running ? 'video' : waits ? 'warn' : 'plain'}>
        {waits && <Pause className="size-3" />}
        {running ? `${step.progress.succeeded} of ${step.progress.total} made` : waits ? `Waiting for you${step.finished_at ? ` since ${clockOf(step.finished_at)}` : ''}` : 'Decided'}
      </Tag>
      {rolling && (waits || running) && (
        <Tag tone="image" title="What is picked goes on at once; the rest waits.">
          <FastForward className="size-3" />
          {narrow ? 'Rolling' : 'Picks go on at once'}
        </Tag>
      )}
      <span className="ml-auto flex items-center gap-2 max-lg:ml-0 max-lg:w-full">
        <Button small look="ghost" aria-disabled={!canUndo} onClick={onUndo}>
          <Undo2 className="size-4" />
          <span className="max-lg:sr-only">Undo</span>
          <span className="max-lg:hidden">
            <Kbd>Ctrl Z</Kbd>
          </span>
        </Button>
        <Popover
          label="Many at once"
          align="end"
          open={open}
          onOpenChange={setOpen}
          className="w-64 p-1.5"
          trigger={
            <Button small>
              <Sparkles className="size-4" />
              Many at once
            </Button>
          }
        >
          {[1, 2, 3].map((of) => (
            <button key={of} type="button" className={popoverItemClass} onClick={choose(() => onBest(of))}>
              Pick the best {of === 1 ? 'one' : of} of each source
            </button>
          ))}
          <button type="button" className={popoverItemClass} onClick={choose(onRejectRest)}>
            Reject what is not judged
          </button>
          <button type="button" className={popoverItemClass} onClick={choose(onRedoRejected)}>
            <RotateCcw className="size-4" />
            Redo all rejected…
          </button>
        </Popover>
        {view && <Segmented label="How to look" value={view} options={narrow ? viewsByFinger : views} onChange={onView} className="max-lg:ml-auto" />}
      </span>
    </header>
  );
}
