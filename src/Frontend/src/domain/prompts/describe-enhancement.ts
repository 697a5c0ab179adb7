import type { EnhanceAnswer } from '@/domain/api';
import { formatMoney } from '@/domain/costs/format-money';
import { count } from '@/domain/count';

/** What came of an enhancement, in the line that offers its undo. */
export function describeEnhancement({ results, cost }: EnhanceAnswer): string {
  const prompts = results.reduce((sum, result) => sum + result.prompts.length, 0);
  const fallback = results.reduce((sum, result) => sum + result.fallback, 0);
  const similar = results.find((result) => result.similar_to)?.similar_to;
  const words = [`${count(prompts, 'prompt')} ${results.length > 0 && results.every((result) => result.cached) ? 'from an earlier answer' : 'written'}`];
  if (similar) words.push(`asked for “${similar.length > 60 ? `${similar.slice(0, 59)}…` : similar}”`);
  if (cost > 0) words.push(`for ${formatMoney(cost)}`);
  if (fallback > 0) words.push(`${fallback} of them by the demo writer`);
  return words.join(', ');
}
