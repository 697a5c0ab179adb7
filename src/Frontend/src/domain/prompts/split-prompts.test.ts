import { expect, it } from 'vitest';
import { splitPrompts } from './split-prompts';

it('parts prompts at lines of dashes', () => expect(splitPrompts('red dress\n---\nblue coat\n-----\n green hat ')).toEqual(['red dress', 'blue coat', 'green hat']));
it('leaves dashes within a line alone', () => expect(splitPrompts('black --- white, 3/4 view')).toEqual(['black --- white, 3/4 view']));
it('drops empty prompts', () => expect(splitPrompts('---\n\n---\none\n---')).toEqual(['one']));
it('keeps the lines of one prompt together', () => expect(splitPrompts('a\nb\r\n---\r\nc')).toEqual(['a\nb', 'c']));
it('finds none in nothing', () => expect(splitPrompts('  \n ')).toEqual([]));
