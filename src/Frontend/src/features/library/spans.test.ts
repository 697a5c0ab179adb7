import { expect, it } from 'vitest';
import { startOf } from './spans';

const now = new Date(2026, 2, 2, 14, 30);

it.each([['today', new Date(2026, 2, 2)], ['week', new Date(2026, 1, 24)], ['month', new Date(2026, 1, 1)]] as const)('%s begins at a midnight', (span, start) => expect(startOf(span, now)).toEqual(start));
