import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';
import { useState } from 'react';
import { ActiveFilters, FilterButton } from './filter-button';

function Filters() {
  const [model, setModel] = useState<string | null>(null);
  const [day, setDay] = useState<string | null>(null);
  const groups = [
    { name: 'Model', options: [{ value: 'kling', label: 'Kling', count: 1200 }, { value: 'wan', label: 'Wan', count: 3 }], value: model, onChange: setModel },
    { name: 'Made', options: [{ value: '2026-11-24', label: 'Today', count: 7 }], value: day, onChange: setDay },
  ];
  return (
    <>
      <ActiveFilters
        groups={groups}
        onClear={() => {
          setModel(null);
          setDay(null);
        }}
      />
      <FilterButton groups={groups} />
    </>
  );
}

it('is set by keyboard, says how many each leaves, and is cleared in one press', async () => {
  render(<Filters />);
  const user = userEvent.setup();
  await user.tab();
  await user.keyboard('{Enter}');
  const models = await screen.findByRole('group', { name: 'Model' });
  expect(within(models).getAllByRole('button').map((chip) => chip.textContent)).toEqual(['Kling1,200', 'Wan3']);
  const kling = within(models).getByRole('button', { name: /Kling/ });
  kling.focus();
  await user.keyboard(' ');
  expect(kling).toHaveAttribute('aria-pressed', 'true');
  await user.click(screen.getByRole('button', { name: /Today/ }));
  await user.keyboard('{Escape}');
  expect(screen.getByRole('button', { name: 'Filter, 2 on' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Remove the filter Made: Today' }));
  expect(screen.getByRole('button', { name: 'Filter, 1 on' })).toBeInTheDocument();
  await user.click(screen.getByRole('button', { name: 'Clear filters' }));
  expect(screen.getByRole('button', { name: 'Filter' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: 'Clear filters' })).not.toBeInTheDocument();
});
