import { count } from '@/domain/count';
import { cn } from '@/ui/cn';
import { Chips } from '@/ui/radio-group';
import type { Counts, ReviewFilter } from './review-model';

interface FilterBarProps {
  filter: ReviewFilter;
  counts: Counts;
  /** How many somebody else changed; 0 for none that matter. */
  changed: number;
  onChange: (filter: ReviewFilter) => void;
}

/** State and rating as chips with counts. A chip without any stays, and says 0. */
export function FilterBar({ filter, counts, changed, onChange }: FilterBarProps) {
  const label = (word: string, many: number) => (
    <>
      {word} <span className={cn('font-[450] tabular-nums', many === 0 ? 'text-ink-off' : 'text-ink-3')}>{many.toLocaleString('en-US')}</span>
    </>
  );
  return (
    <div className="no-scrollbar flex flex-wrap items-center gap-x-4 gap-y-2 max-lg:shrink-0 max-lg:flex-nowrap max-lg:overflow-x-auto max-lg:*:shrink-0 max-lg:*:flex-nowrap">
      <Chips
        label="State"
        value={filter.verdict}
        options={[
          { value: 'all', label: label('All', counts.all) },
          { value: 'pick', label: label('Picked', counts.pick) },
          { value: 'unset', label: label('Not yet', counts.unset) },
          { value: 'reject', label: label('Rejected', counts.reject) },
          ...(changed > 0 ? [{ value: 'changed' as const, label: label('Changed by others', changed) }] : []),
        ]}
        onChange={(verdict) => onChange({ ...filter, verdict })}
      />
      <Chips
        label="Rating"
        value={String(filter.minRating)}
        options={[{ value: '0', label: 'Any rating' }, ...[3, 4, 5].map((stars) => ({ value: String(stars), label: label(stars === 5 ? '★ 5' : `★ ${stars}+`, counts.rated[stars] ?? 0) }))]}
        onChange={(stars) => onChange({ ...filter, minRating: Number(stars) })}
      />
    </div>
  );
}

/** What the four steps of a review are, as figures. */
export function Figures({ counts, noun, paid, next }: { counts: Counts; noun: string; paid: string; next: { figure: string; words: string } | null }) {
  const cells = [
    { head: `${noun[0]?.toUpperCase()}${noun.slice(1)}s made`, figure: counts.all.toLocaleString('en-US'), words: `${paid} paid` },
    { head: 'Picked', figure: counts.pick.toLocaleString('en-US'), words: `of ${counts.all.toLocaleString('en-US')}` },
    { head: 'Not yet judged', figure: counts.unset.toLocaleString('en-US'), words: `${counts.reject.toLocaleString('en-US')} rejected` },
    ...(next ? [{ head: 'To make', figure: next.figure, words: next.words }] : []),
  ];
  return (
    <dl aria-label={`${count(counts.all, noun)} in review`} className="grid auto-cols-fr grid-flow-col rounded-card border border-line bg-surface max-lg:hidden">
      {cells.map(({ head, figure, words }, at) => (
        <div key={head} className={cn('px-4 py-2', at > 0 && 'border-l border-line')}>
          <dt className="text-small text-ink-2">{head}</dt>
          <dd className="flex items-baseline gap-2">
            <span className="text-figure tabular-nums">{figure}</span>
            <span className="truncate text-small text-ink-2">{words}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}
