import { useQuery } from '@tanstack/react-query';
import { formatMoney } from '@/domain/costs/format-money';
import { usageQuery } from '@/domain/session/usage';
import { Bar } from '@/ui/bar';

/** What was spent this month, and what is left of the cap when there is one. */
export function SpendMeter() {
  const { data } = useQuery(usageQuery);
  if (!data) return null;
  const { spent, held, cap, simulated } = data;
  const left = cap === null ? null : Math.max(0, cap - spent - held);
  const title = [
    `${formatMoney(spent)} spent this month`,
    cap === null ? 'no monthly cap' : `cap ${formatMoney(cap)}`,
    simulated > 0 && `${formatMoney(simulated)} of demo runs at list price, not charged`,
  ].filter(Boolean).join(' · ');
  return (
    <div title={title} aria-label={title} role="group" className="flex items-center gap-3 px-2 text-small">
      {cap !== null && cap > 0 && (
        <Bar className="w-21 max-lg:hidden" parts={[{ share: spent / cap, fill: 'bg-ink-2' }, { share: held / cap, fill: 'hatch-accent' }]} />
      )}
      <span>
        <b className="text-label font-semibold text-ink">{left === null ? formatMoney(spent) : formatMoney(left)}</b> <span className="text-ink-3">{left === null ? 'spent' : 'left'}</span>
      </span>
      {held > 0 && <span className="text-ink-3 max-lg:hidden">{formatMoney(held)} held</span>}
    </div>
  );
}
