import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';
import { aVideoModel } from '@/testing/builders';
import { ModelSelector } from './model-selector';

const offers = { aspect_ratios: [], resolutions: ['720p', '1080p'], qualities: [], durations_sec: [5, 10] };
const models = [aVideoModel({ capabilities: { ...offers, typical_latency_sec: 30 } }), aVideoModel({ id: 'wan', name: 'Wan', vendor: 'Alibaba', default: false, capabilities: { ...offers, typical_latency_sec: 60 }, price: { unit: 'clip', amount: 0.25, base_duration_sec: 5, display: '$0.25 per 5 s' } }), aVideoModel({ id: 'veo', name: 'Veo', vendor: 'Google', default: false })];

it('groups by maker and shows prices and what each can do', async () => {
  render(<ModelSelector kind="video" models={models} value={models[0]} onChange={() => undefined} />);
  await userEvent.click(screen.getByRole('button', { name: 'Video model Kling' }));
  const group = await screen.findByRole('group', { name: 'Alibaba' });
  expect(within(group).getByRole('option')).toHaveTextContent('Wan5, 10 s · 720p, 1080p$0.25per 5 s');
  expect(screen.getByRole('option', { selected: true })).toHaveTextContent('Recommended');
});

it('is found, moved through and chosen by keyboard alone', async () => {
  const onChange = vi.fn();
  render(<ModelSelector kind="video" models={models} value={models[0]} onChange={onChange} />);
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await userEvent.type(await screen.findByRole('combobox', { name: 'Find a video model' }), 'e');
  expect(screen.getAllByRole('option')).toHaveLength(1);
  await userEvent.clear(screen.getByRole('combobox'));
  await userEvent.keyboard('{ArrowDown}{Enter}');
  expect(onChange).toHaveBeenCalledWith('wan');
});
