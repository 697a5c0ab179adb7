import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { useState } from 'react';
import { expect, it } from 'vitest';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { PromptField } from './prompt-field';

const known = ['woman in red dress', 'woman in a linen suit', 'blue coat, soft light'];

testServer(http.get('*/prompts/suggest', ({ request }) => HttpResponse.json({ data: known.filter((prompt) => prompt.startsWith(new URL(request.url).searchParams.get('q') ?? '')) })));

function Field() {
  const [value, setValue] = useState('');
  return <PromptField value={value} onChange={setValue} placeholder="" invalid={false} />;
}

const open = async () => {
  await renderPage(<Field />);
  return screen.findByRole('textbox', { name: 'Prompt' });
};

it('suggests while one types; arrows and Enter take one', async () => {
  const field = await open();
  await userEvent.type(field, 'woman');
  expect(await screen.findAllByRole('option')).toHaveLength(2);
  await userEvent.keyboard('{ArrowDown}{ArrowDown}');
  expect(field).toHaveAttribute('aria-activedescendant', screen.getAllByRole('option')[1]?.id);
  await userEvent.keyboard('{Enter}');
  expect(field).toHaveValue('woman in a linen suit');
  expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
});

it('completes the last of several prompts by a press', async () => {
  const field = await open();
  await userEvent.type(field, 'one{enter}---{enter}blue');
  await userEvent.click(await screen.findByRole('option'));
  expect(field).toHaveValue('one\n---\nblue coat, soft light');
  expect(field).toHaveFocus();
});

it('is out of the way: Escape closes, and Enter without a choice is a new line', async () => {
  const field = await open();
  await userEvent.type(field, 'woman');
  await screen.findByRole('listbox');
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByRole('listbox')).not.toBeInTheDocument();
  await userEvent.type(field, '{Enter}x');
  expect(field).toHaveValue('woman\nx');
});
