// @vitest-environment jsdom
import '@/testing/setup';
import { expect, it } from 'vitest';
import { ProblemError } from '@/api/problem';
import { batches, reasonsOf, urlsIn } from './uploads';

it('sends a few files at a time, in order', () => {
  const files = Array.from({ length: 19 }, (_, index) => ({ size: 1_000, index }));
  const sent = batches(files);
  expect(sent.map((batch) => batch.length)).toEqual([8, 8, 3]);
  expect(sent.flat().map((file) => file.index)).toEqual(files.map((file) => file.index));
});

it('does not put two large files into one request', () => expect(batches([{ size: 40_000_000 }, { size: 40_000_000 }]).map((batch) => batch.length)).toEqual([1, 1]));

it('names the file that was refused', () => {
  const problem = (errors: unknown) => new ProblemError({ type: 'x', title: 'No', status: 422, errors: errors as Record<string, string[]> });
  expect(reasonsOf(problem({ '/files/1': ['Truncated.'] }), ['a.png', 'b.png'])).toEqual([{ name: 'b.png', reason: 'Truncated.' }]);
  expect(reasonsOf(problem([{ file: 'b.png', message: 'Truncated.' }]), ['a.png', 'b.png'])).toEqual([{ name: 'b.png', reason: 'Truncated.' }]);
  expect(reasonsOf(problem({ '/files/a.png': ['Too small.'] }), ['a.png', 'b.png'])).toEqual([{ name: 'a.png', reason: 'Too small.' }]);
  expect(reasonsOf(new Error('No network.'), ['a.png', 'b.png']).map(({ name }) => name)).toEqual(['a.png', 'b.png']);
});

it('takes pasted text as links only when it is nothing else', () => {
  expect(urlsIn(' https://example.org/a.png\nhttp://example.org/b ')).toEqual(['https://example.org/a.png', 'http://example.org/b']);
  expect(urlsIn('see https://example.org/a.png')).toEqual([]);
  expect(urlsIn('javascript:alert(1)')).toEqual([]);
  expect(urlsIn('')).toEqual([]);
});
