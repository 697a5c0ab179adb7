// @vitest-environment jsdom
import '@/testing/setup';
import { expect, it } from 'vitest';
import { chooseTheme, watchTheme } from './theme';

it('is what was chosen, here or in another tab', () => {
  watchTheme();
  chooseTheme('light');
  expect(document.documentElement.dataset.theme).toBe('light');
  localStorage.setItem('pipeline.theme', 'dark');
  window.dispatchEvent(new StorageEvent('storage', { key: 'pipeline.theme', newValue: 'dark' }));
  expect(document.documentElement.dataset.theme).toBe('dark');
});
