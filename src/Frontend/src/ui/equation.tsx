import type { ReactNode } from 'react';
import { cn } from './cn';

export interface Term {
  key: string;
  /** The sign between this term and the one before it. */
  sign?: ReactNode;
  icon: ReactNode;
  label: string;
  value: ReactNode;
  note?: ReactNode;
  bar?: ReactNode;
  now?: 'image' | 'video' | 'text';
}

const tints = { image: 'bg-linear-to-b from-accent-soft', video: 'bg-linear-to-b from-video-soft', text: 'bg-linear-to-b from-raised' };

/** What a run multiplies out to, on one line; while it runs the same cells hold the bars. */
export function Equation({ terms, label }: { terms: readonly Term[]; label: string }) {
  return (
    <dl aria-label={label} className="flex shrink-0 items-stretch rounded-card border border-line bg-surface shadow-1">
      {terms.map((term, index) => (
        <div key={term.key} className={cn('relative flex min-w-0 flex-1 flex-col gap-0.75 px-4 pt-2.75 pb-3 first:rounded-l-[13px] last:rounded-r-[13px] max-lg:px-2.5', index > 0 && 'border-l border-line max-lg:pl-4', term.now && `${tints[term.now]} to-transparent`)}>
          {term.sign && (
            <span aria-hidden="true" className="absolute top-1/2 -left-2.75 z-1 grid size-5.25 -translate-y-1/2 place-items-center rounded-full border border-line-2 bg-raised text-[12px]/none font-semibold text-ink-2">
              {term.sign}
            </span>
          )}
          <dt className="flex items-center gap-1.5 text-small text-ink-3 max-lg:text-[11.5px] max-lg:[&_svg]:hidden [&_svg]:size-3.25 [&_svg]:shrink-0">
            {term.icon}
            {term.label}
          </dt>
          <dd className="flex flex-wrap items-baseline gap-x-1.75 font-display text-figure tabular-nums">
            {term.value}
            {term.note && <small className="text-small tracking-normal text-ink-2">{term.note}</small>}
          </dd>
          {term.bar && <dd className="mt-auto pt-1.5">{term.bar}</dd>}
        </div>
      ))}
    </dl>
  );
}
