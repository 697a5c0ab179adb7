import { describe, expect, it } from 'vitest';
import { filterOf, isNarrowed, queryOf, searchOf, since } from './history-filter';

describe('the filter of the job history', () => {
  it('is read from an address that anybody may have written', () => {
    expect(filterOf({ status: 'nonsense', sort: 'cost', q: 12, group: 'x', tag: ['a'] })).toEqual({
      status: null, tag: null, made: null, q: '12', sort: 'cost', group: null, simulated: false,
    });
  });

  it('comes back from the address as it was written, without what is usual', () => {
    const filter = filterOf({ status: 'failed', q: 'dress', group: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11' });
    expect(searchOf(filter)).toEqual({ status: 'failed', q: 'dress', group: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11' });
    expect(filterOf(searchOf(filter))).toEqual(filter);
    expect(searchOf(filterOf({ simulated: true, status: 'waiting' }))).toEqual({ simulated: true, status: 'waiting' });
  });

  it('asks for what waits for a review by its reason, and for simulations only where they are wanted', () => {
    const now = new Date(2026, 10, 24);
    expect(queryOf(filterOf({ status: 'waiting' }), now)).toMatchObject({ status: 'paused', status_reason: 'review', simulate: false });
    expect(queryOf(filterOf({ simulated: true }), now)).toMatchObject({ simulate: true });
    expect(queryOf(filterOf({ group: '0d5b1a8e-7d0b-4c9e-8f0e-3a2f6b7c1d11' }), now)).not.toHaveProperty('simulate');
  });

  it('asks for whole days', () => {
    const now = new Date(2026, 10, 24, 15, 30);
    expect(since('today', now)).toBe(new Date(2026, 10, 24).toISOString());
    expect(since('week', now)).toBe(new Date(2026, 10, 18).toISOString());
    expect(queryOf(filterOf({}), now)).toEqual({ status: null, tag: null, q: '', from: null, run_group_id: null, simulate: false });
  });

  it('knows whether it leaves anything out', () => {
    expect(isNarrowed(filterOf({ sort: 'name' }))).toBe(false);
    expect(isNarrowed(filterOf({ tag: 'launch' }))).toBe(true);
    expect(isNarrowed(filterOf({ simulated: 'true' }))).toBe(true);
  });
});
