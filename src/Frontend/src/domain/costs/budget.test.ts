import { describe, expect, it } from 'vitest';
import type { Estimate } from '@/domain/api';
import { aModel, aVideoModel } from '@/testing/builders';
import { chargedOf, limitsOf, overWords, type MonthBudget } from './budget';

const paid = [aModel({ simulated: false }), aVideoModel({ simulated: false })];
const month = (over: Partial<MonthBudget> = {}): MonthBudget => ({ month: '2026-11-01', limit: 20, held: 0, spent: 15, left: 5, ...over });
const step = (model: string | null, amount: number) => ({ step_type: model === null ? ('prompt_enhance' as const) : ('i2i' as const), model, count: 1, unit: 'image' as const, resolved: null, unit_price: amount, amount, amount_display: '' });
const estimate: Estimate = { currency: 'USD', total: 3.785, total_display: '$3.79', display: '', reuse_quote: null, warnings: [], steps: [step(null, 0.005), step('kling-image', 0.28), step('kling', 3.5)] };

describe('the budget of a run', () => {
  it('is charged for what is not of the demo', () => {
    expect(chargedOf(estimate, paid)).toBeCloseTo(3.785);
    expect(chargedOf(estimate, [aModel(), aVideoModel({ simulated: false })])).toBeCloseTo(3.505);
    expect(chargedOf(estimate, [aModel(), aVideoModel()])).toBe(0);
  });

  it('says nothing where there is no limit', () => expect(limitsOf(estimate, null, month({ limit: null, left: null }), paid)).toEqual([]));

  it('puts the tighter limit first', () => {
    expect(limitsOf(estimate, 4, month(), paid).map(({ which, over }) => [which, over])).toEqual([['run', false], ['month', false]]);
    expect(limitsOf(estimate, 4, month({ left: 1 }), paid).map(({ which, over }) => [which, over])).toEqual([['month', true], ['run', false]]);
  });

  it('counts a demo run against its own limit only', () => {
    expect(limitsOf(estimate, 2, month({ left: 0 }), [aModel(), aVideoModel()]).map(({ which, over }) => [which, over])).toEqual([['run', true], ['month', false]]);
  });

  it.each([
    [limitsOf(estimate, 2, undefined, paid), 'Over budget: pauses at $2.00'],
    [limitsOf(estimate, null, month({ left: 1.5 }), paid), 'Over this month’s budget: pauses at $1.50'],
    [limitsOf(estimate, null, month({ left: 0 }), paid), 'Nothing is left of this month’s budget'],
    [limitsOf(estimate, 3.785, month(), paid), null],
  ])('says so on the button', (limits, words) => expect(overWords(limits)).toBe(words));
});
