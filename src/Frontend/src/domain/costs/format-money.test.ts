import { expect, it } from 'vitest';
import { formatMoney, formatUnitPrice } from './format-money';

it.each([
  [11.355, '$11.36'], [3.785, '$3.79'], [1.005, '$1.01'], [0.84, '$0.84'], [0, '$0.00'], [0.005, '$0.005'], [0.0005, '$0.001'], [1234.5, '$1,234.50'], [-3, '−$3.00'], [62.5, '$62.50'],
])('shows %d as %s', (amount, shown) => expect(formatMoney(amount)).toBe(shown));

it.each([[0.028, '$0.028'], [1.4, '$1.40'], [0.35, '$0.35'], [2, '$2.00'], [0.001, '$0.001']])('states the unit price %d as %s', (amount, shown) => expect(formatUnitPrice(amount)).toBe(shown));
