import type { SetCoverage, SetModePlan } from '@/domain/api';
import { count } from '@/domain/count';
import { chosenKinds, type PhotoSet } from '@/domain/draft/photo-set';
import { cn } from '@/ui/cn';
import { RadioCards } from '@/ui/radio-group';
import { Tag } from '@/ui/tag';

const sizes = (photoSet: PhotoSet) => chosenKinds(photoSet).map(({ kind }) => photoSet.options[kind].length);

const coverages: { value: SetCoverage; label: string; meaning: (photoSet: PhotoSet) => string }[] = [
  { value: 'full', label: 'Full product', meaning: (set) => `Every combination: ${sizes(set).join(' × ') || 0}` },
  { value: 'one_at_a_time', label: 'One at a time', meaning: (set) => `Each option alone: ${sizes(set).join(' + ') || 0}` },
  { value: 'pairwise', label: 'Pairwise', meaning: () => 'Every two options meet at least once' },
];

interface CoveragePlansProps {
  photoSet: PhotoSet;
  plans: readonly SetModePlan[] | undefined;
  onChange: (coverage: SetCoverage) => void;
}

/** The three ways to cover what was ticked, each with how many images and what they cost. */
export function CoveragePlans({ photoSet, plans, onChange }: CoveragePlansProps) {
  // With three lines or more the full product grows fast, and pairs show nearly as much.
  const advised: SetCoverage = sizes(photoSet).length > 2 ? 'pairwise' : 'full';
  return (
    <section>
      <h3 className="mb-2.5 text-strong">Which combinations to make</h3>
      <RadioCards
        label="Which combinations to make"
        value={photoSet.coverage}
        onChange={onChange}
        options={coverages.map(({ value, label, meaning }) => {
          const plan = plans?.find((candidate) => candidate.coverage === value);
          return {
            value,
            label: (
              <>
                <span className="min-w-0">
                  <span className="flex items-center gap-2 text-strong">
                    {label}
                    {value === advised && sizes(photoSet).length > 0 && <Tag tone="image">Recommended</Tag>}
                  </span>
                  <span className="block text-small text-ink-2">{meaning(photoSet)}</span>
                </span>
                <span className={cn('text-right', plan?.over_limit && 'text-danger')}>
                  <b className="block text-label font-semibold">{plan ? count(plan.count, 'image') : '–'}</b>
                  <span className="block text-small text-ink-2">{plan?.over_limit ? 'too many' : (plan?.amount_display ?? '')}</span>
                </span>
              </>
            ),
          };
        })}
      />
    </section>
  );
}
