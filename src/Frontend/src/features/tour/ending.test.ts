import { describe, expect, it } from 'vitest';
import type { Provider } from '@/domain/api';
import type { RunInSight } from '@/domain/draft/run-in-sight';
import { isFree } from './charge';
import { endingOf } from './ending';

const run: RunInSight = { price: '$0.76', scope: '2 images + 2 videos', simulated: true, enhances: true, faults: [], starting: false, generate: () => undefined };
const provider = (over: Partial<Provider>): Provider => ({ name: 'anthropic', simulated: false, key: null, key_hint: null, takes_key: true, makes: ['prompt'], serves: 0, stands_by_for: 0, state: 'free', until: null, limits: [], last_error: null, ...over });

describe('whether a run is free', () => {
  it('is, when the demo renderer plays everything', () => expect(isFree(run, [provider({}), provider({ name: 'local', simulated: true, key: 'installation' })])).toBe(true));
  it('is not with a paid model', () => expect(isFree({ ...run, simulated: false }, [])).toBe(false));
  it('is not when a vendor writes the prompts', () => expect(isFree(run, [provider({ key: 'workspace' })])).toBe(false));
  it('is, when no prompt is written', () => expect(isFree({ ...run, enhances: false }, [provider({ key: 'installation' })])).toBe(true));
  it('is when the key is for images of another model', () => expect(isFree(run, [provider({ key: 'workspace', makes: ['image'] })])).toBe(true));
  it('is promised to nobody while the providers are not known', () => expect(isFree(run, undefined)).toBe(false));
});

describe('how the tour ends', () => {
  it('with a run that is not charged', () => {
    expect(endingOf(run, true)).toMatchObject({ runs: true, waiting: false, label: 'Run it for $0.00' });
    expect(endingOf(run, true).text).toContain('$0.76');
  });
  it('with the price of a paid run, which does not start by itself', () => {
    const ending = endingOf(run, false);
    expect(ending).toMatchObject({ runs: false, waiting: false, label: 'End the tour' });
    expect(ending.text).toContain('$0.76 at most');
  });
  it('with what is missing', () => expect(endingOf({ ...run, faults: ['Add at least one photo.'] }, true)).toMatchObject({ runs: false, text: expect.stringContaining('Add at least one photo.') as string }));
  it.each([[{ price: null }, true], [{}, undefined], [{ starting: true }, true]] as const)('not yet while %j', (over, free) => expect(endingOf({ ...run, ...over }, free).waiting).toBe(true));
});
