import { describe, expect, it } from 'vitest';
import { describeEnhancement } from './describe-enhancement';

const result = { input: 'red', prompts: ['a', 'b'], provider: 'anthropic', cached: false, fallback: 0, cost: 0 };

describe('describeEnhancement', () => {
  it('tells how many and what they cost', () => expect(describeEnhancement({ results: [result], cost: 0.0123 })).toBe('2 prompts written, for $0.01'));
  it('says what came from the cache', () => expect(describeEnhancement({ results: [{ ...result, cached: true }], cost: 0 })).toBe('2 prompts from an earlier answer'));
  it('says whose answer it was', () =>
    expect(describeEnhancement({ results: [{ ...result, cached: true, similar_to: 'the red one' }], cost: 0 })).toBe('2 prompts from an earlier answer, asked for “the red one”'));
  it('does not hide the demo writer', () => expect(describeEnhancement({ results: [{ ...result, fallback: 1 }], cost: 0.001 })).toBe('2 prompts written, for $0.001, 1 of them by the demo writer'));
});
