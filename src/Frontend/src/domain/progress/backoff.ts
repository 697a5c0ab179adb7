/** Milliseconds before attempt n (from 1) to reconnect: doubling from half a second to ten, spread by ±25 % so that clients do not come back together. */
export function backoff(attempt: number, random: number): number {
  const base = Math.min(10_000, 500 * 2 ** (attempt - 1));
  return Math.round(base * (0.75 + random * 0.5));
}
