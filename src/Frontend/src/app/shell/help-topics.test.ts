import { expect, it } from 'vitest';
import { findTopics, helpTopics } from './help-topics';

it('shows everything when nothing is looked for', () => expect(findTopics('  ')).toEqual(helpTopics));
it('finds by words that stand anywhere, titles first', () => expect(findTopics('budget')[0]?.title).toBe('What a run costs'));
it('puts a title that has the word first', () => expect(findTopics('order')[0]?.title).toBe('Order of photos'));
it('finds nothing for nonsense', () => expect(findTopics('zzz')).toEqual([]));
