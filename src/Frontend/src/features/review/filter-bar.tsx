import { grouped } from '@/domain/count';
import { cn } from '@/ui/cn';
import { Chips } from '@/ui/radio-group';
import type { Counts, ReviewFilter } from './review-model';

interface FilterBarProps {
  filter: ReviewFilter;
  counts: Counts;
  /** How many somebody else changed; 0 for none that matter. */
  changed: number;
  /** Picks go on one by one, so some have gone and some have not. */
  rolling: boolean;
  onChange: (filter: ReviewFilter) => void;
}

/** State and rating as chips with counts. A chip without any stays, and says 0. */
export function FilterBar({ filter, counts, changed, rolling, onChange }: FilterBarProps) {
  const label = (word: string, many: number) => (
    <>
      {word} <span className={cn('font-[450] tabular-nums', many === 0 ? 'text-ink-off' : 'text-ink-3')}>{grouped(many)}</span>
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
          ...(rolling ? [{ value: 'sent' as const, label: label('Gone on', counts.sent) }] : []),
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
