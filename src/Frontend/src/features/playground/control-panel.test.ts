// @vitest-environment jsdom
import '@/testing/setup';
import { expect, it } from 'vitest';
import type { Estimate } from '@/domain/api';
import { payNow, scopeOf } from './control-panel';

const line = (step_type: 'prompt_enhance' | 'i2i' | 'i2v', count: number, unit: Estimate['steps'][number]['unit'], amount: number) => ({ step_type, model: null, count, unit, unit_price: amount / count, amount, amount_display: '', resolved: null });
const estimate: Estimate = { currency: 'USD', total: 11.355, total_display: '$11.36', display: '', warnings: [], reuse_quote: null, steps: [line('prompt_enhance', 15, 'prompt', 0.015), line('i2i', 30, 'image', 0.84), line('i2v', 1, 'video', 10.5)] };

it('pays all at once without a stop', () => expect(payNow(estimate, [])).toEqual({ amount: '$11.36', rest: null }));
it('pays up to the first stop, and says what may follow', () => {
  expect(payNow(estimate, ['i2i'])).toEqual({ amount: '$0.86', rest: '$10.50' });
  expect(payNow(estimate, ['prompt_enhance', 'i2i'])).toEqual({ amount: '$0.02', rest: '$11.34' });
});
it('does not count a stop after the last step', () => expect(payNow(estimate, ['i2v'])).toEqual({ amount: '$11.36', rest: null }));
it('names what is made, without the prompts on the way', () => expect(scopeOf(estimate)).toBe('30 images + 1 video'));
