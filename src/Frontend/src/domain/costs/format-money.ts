/** Rounds half away from zero, as the server does, without the binary error of `toFixed` (1.005 is 1.00 to it). */
function toCents(amount: number, decimals: number): string {
  const scaled = Number(`${Math.abs(amount)}e${decimals}`);
  const cents = Math.floor(scaled + 0.5 + 1e-9);
  const text = String(cents).padStart(decimals + 1, '0');
  const whole = text.slice(0, -decimals).replace(/\B(?=(\d{3})+$)/g, ',');
  return `${whole}.${text.slice(-decimals)}`;
}

/** US dollars for a person: `$10.50`; under a cent three decimals. */
export function formatMoney(amount: number): string {
  const sign = amount < 0 ? '−' : '';
  const small = amount !== 0 && Math.abs(amount) < 0.01;
  return `${sign}$${toCents(amount, small ? 3 : 2)}`;
}

/** A unit price as the catalog states it, with no more digits than it has: `$0.028`, `$1.40`. */
export function formatUnitPrice(amount: number): string {
  const digits = String(amount).split('.')[1]?.length ?? 0;
  return `$${amount.toFixed(Math.min(6, Math.max(2, digits)))}`;
}
