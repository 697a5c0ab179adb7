import { describe, expect, it } from 'vitest';
import { isNarrowed, readView, toFilter } from './filter';

describe('the address of the library', () => {
  it('says what is shown', () => {
    const view = readView({ type: 'video', rating: 3, starred: true, collection: '7', q: 'red dress', sort: 'cost', added: 'week', from: '12' });
    expect(view).toEqual({ type: 'video', rating: 3, starred: true, collection: 7, q: 'red dress', sort: 'cost', added: 'week', from: 12 });
    const filter = toFilter(view, new Date(2026, 10, 29, 12));
    expect(filter).toMatchObject({ type: 'video', min_rating: 3, starred: true, collection_id: 7, made_from: 12, q: 'red dress' });
    expect(filter.from).toBe(new Date(2026, 10, 23).toISOString());
  });

  it('is as if it were not there where it makes no sense', () => {
    expect(readView({ type: 'sound', rating: 9, starred: 'no', collection: -1, run: 'x', sort: 'luck', q: '', added: 'never', trash: 1 })).toEqual({});
  });

  it('does not call an order, or the trash, a filter', () => {
    expect(isNarrowed({ sort: 'name', trash: true })).toBe(false);
    expect(isNarrowed({ tag: 'red' })).toBe(true);
  });
});
