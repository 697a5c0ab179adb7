import { ChevronLeft, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import type { DryRunItem } from '@/domain/api';
import { IconButton } from '@/ui/button';

interface WhatTheModelReadsProps {
  items: readonly DryRunItem[];
  variations: number | undefined;
}

/** The prompts as they will be sent, one variation at a time. */
export function WhatTheModelReads({ items, variations }: WhatTheModelReadsProps) {
  const [at, setAt] = useState(0);
  // Of several images of one variation the first speaks for all.
  const shown = items.filter((item, index) => items.findIndex((other) => other.prompt === item.prompt) === index);
  const index = Math.min(at, shown.length - 1);
  const item = shown[index];
  if (!item) return null;
  const total = Math.max(shown.length, variations ?? 0);
  return (
    <section aria-label="What the model reads" className="rounded-card border border-line bg-surface p-3.5">
      <div className="mb-1.5 flex items-center text-small text-ink-3">
        <h3 className="flex-1">What the model reads</h3>
        <IconButton small label="Previous variation" disabled={index === 0} onClick={() => setAt(index - 1)}>
          <ChevronLeft className="size-4" />
        </IconButton>
        <span className="tabular-nums">
          {index + 1} of {total}
        </span>
        <IconButton small label="Next variation" disabled={index >= shown.length - 1} onClick={() => setAt(index + 1)}>
          <ChevronRight className="size-4" />
        </IconButton>
      </div>
      <p className="break-words text-ink">{item.prompt}</p>
      {shown.length < total && index === shown.length - 1 && <p className="mt-1.5 text-small text-ink-3">The other {total - shown.length} follow the same pattern.</p>}
    </section>
  );
}
