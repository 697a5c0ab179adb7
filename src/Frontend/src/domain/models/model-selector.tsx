import { TriangleAlert } from 'lucide-react';
import { Suspense, useId, useState } from 'react';
import { late } from '@/ui/late';
import type { Model } from '@/domain/api';
import { cn } from '@/ui/cn';
import { Popover } from '@/ui/popover';
import { Skeleton } from '@/ui/states';
import { kinds, Price } from './model-price';

const load = () => import('./model-list');
const ModelList = late(load, 'ModelList');

interface ModelSelectorProps {
  kind: Model['kind'];
  models: readonly Model[];
  value: Model | undefined;
  onChange: (id: string) => void;
}

export function ModelSelector({ kind, models, value, onChange }: ModelSelectorProps) {
  const [open, setOpen] = useState(false);
  const id = useId();
  const { label, Icon, glyph, open: openClass } = kinds[kind];
  if (!value) return <Skeleton className="h-14" />;
  return (
    <div id={`${kind}-model`} className="flex flex-col gap-2">
      <span id={id} className="text-label text-ink-2">
        {label}
      </span>
      <Popover
        label={`${label}s`}
        open={open}
        onOpenChange={setOpen}
        className="flex max-h-[min(480px,var(--radix-popover-content-available-height))] w-84 flex-col"
        trigger={
          <button type="button" aria-labelledby={`${id} ${id}-name`} onPointerEnter={() => void load()} onFocus={() => void load()} className={cn('flex min-h-14 w-full items-center gap-2.75 rounded-c border border-line-2 bg-surface px-3 py-2 transition-colors hover:border-control', openClass)}>
            <span className={cn('grid size-8.5 shrink-0 place-items-center rounded-[9px]', glyph)}>
              <Icon className="size-4.5" strokeWidth={1.75} />
            </span>
            <span className="min-w-0 flex-1">
              <span id={`${id}-name`} className="block truncate text-strong font-semibold">
                {value.name}
              </span>
              <span className="block truncate text-small text-ink-3">{value.simulated ? 'Demo renderer' : value.vendor}</span>
            </span>
            <Price model={value} className="text-[13.5px]/4.5 font-semibold" />
          </button>
        }
      >
        <Suspense fallback={<Skeleton className="m-3 h-40" />}>
          <ModelList
            kind={kind}
            models={models}
            value={value}
            onChoose={(chosen) => {
              onChange(chosen);
              setOpen(false);
            }}
          />
        </Suspense>
      </Popover>
      {value.warnings.map((warning) => (
        <p key={warning} className="flex gap-2 text-small text-warn">
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          {warning}
        </p>
      ))}
    </div>
  );
}
