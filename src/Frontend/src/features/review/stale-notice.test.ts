import { describe, expect, it } from 'vitest';
import { whoOf, type Changes } from './stale-notice';

const by = (name: string | null): Changes => ({ name, outputs: 1, picked: 1, rejected: 0, unjudged: 0 });

describe('who changed it', () => {
  it('is told by name, by two names or by number', () => {
    expect(whoOf([by('Anna')], 'Ben')).toBe('Anna');
    expect(whoOf([by('Anna'), by('API key demo')], 'Ben')).toBe('Anna and API key demo');
    expect(whoOf([by('Anna'), by('Carl'), by('Dora')], null)).toBe('3 people');
  });

  it('may be oneself in another window, or nobody knows', () => {
    expect(whoOf([by('Ben')], 'Ben')).toBe('You, in another window');
    expect(whoOf([by(null)], 'Ben')).toBe('Somebody else');
    expect(whoOf([], 'Ben')).toBe('Somebody else');
  });
});
