import { describe, expect, it } from 'vitest';
import { budgetToEnd } from './raise-budget';

describe('what a run needs to reach its end', () => {
  it('is its estimate to the next cent', () => {
    expect(budgetToEnd({ cost_estimate: 0.084, cost_actual: 0.028, budget_usd: 0.05 })).toBe(0.09);
    expect(budgetToEnd({ cost_estimate: 0.28, cost_actual: 0, budget_usd: 0.1 })).toBe(0.28);
  });
  it('is more than the budget it stopped at, when things were dearer than expected', () => {
    expect(budgetToEnd({ cost_estimate: 1, cost_actual: 1.2, budget_usd: 1.25 })).toBe(1.26);
  });
});
