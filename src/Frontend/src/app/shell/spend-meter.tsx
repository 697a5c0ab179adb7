import { useQuery } from '@tanstack/react-query';
import { formatMoney } from '@/domain/costs/format-money';
import { usageQuery } from '@/domain/session/usage';

/** What this month cost. Demo runs stand apart: they are counted at list prices and nobody pays for them. */
export function SpendMeter() {
  const { data } = useQuery(usageQuery);
  if (!data) return null;
  const onlyDemo = data.amount === 0 && data.simulated_amount > 0;
  const title = `${formatMoney(data.amount)} spent this month${data.simulated_amount > 0 ? `, and ${formatMoney(data.simulated_amount)} of demo outputs at list prices, not charged` : ''}`;
  return (
    <div role="group" aria-label={title} title={title} className="px-2 text-small">
      <b className="text-label font-semibold text-ink">{formatMoney(onlyDemo ? data.simulated_amount : data.amount)}</b> <span className="text-ink-3">{onlyDemo ? 'in demo runs' : 'this month'}</span>
    </div>
  );
}
