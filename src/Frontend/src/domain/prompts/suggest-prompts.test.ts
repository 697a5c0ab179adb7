import { expect, it } from 'vitest';
import { completePrompt, isWorthAsking, typedPrompt } from './suggest-prompts';

it('completes the prompt that is being typed, not the ones before it', () => {
  expect(typedPrompt('red dress\n---\nblue co')).toBe('blue co');
  expect(completePrompt('red dress\n---\nblue co', 'blue coat, soft light')).toBe('red dress\n---\nblue coat, soft light');
  expect(completePrompt('re', 'red dress')).toBe('red dress');
});

it.each([['r', false], ['re', true], ['  ', false], ['red\ndress', false], ['x'.repeat(201), false]])('asks about %j: %s', (typed, worth) => expect(isWorthAsking(typed)).toBe(worth));
