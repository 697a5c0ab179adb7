import { expect, it } from 'vitest';
import { sentShares } from './sent-shares';

it.each([
  [[100, 200], 0, [0, 0]],
  [[100, 200], 50, [0.5, 0]],
  [[100, 200], 200, [1, 0.5]],
  [[100, 200], 999, [1, 1]],
  [[0, 100], 0, [1, 0]],
])('of %j bytes, %i have left: %j', (sizes, sent, shares) => expect(sentShares(sizes, sent)).toEqual(shares));
