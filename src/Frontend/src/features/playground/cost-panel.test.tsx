import { render, screen } from '@testing-library/react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Estimate, Model } from '@/domain/api';
import { draftStore } from '@/domain/draft/draft-store';
import { aModel, aVideoModel } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { CostPanel, ScopeWithin } from './cost-panel';

let month: object = { month: '2026-11-01', limit: null, held: 0, spent: 0, left: null };
let models: Model[] = [];
testServer(http.get('*/usage/budget', () => HttpResponse.json(month)), http.get('*/models', () => HttpResponse.json({ data: models })));

const estimate: Estimate = {
  currency: 'USD', total: 3.785, total_display: '$3.79', display: '', reuse_quote: null, warnings: ['Pictures come as 1:1.'],
  steps: [
    { step_type: 'prompt_enhance', model: null, resolved: null, count: 5, unit: 'prompt', unit_price: 0.001, amount: 0.005, amount_display: '$0.01' },
    { step_type: 'i2i', model: 'kling-image', resolved: null, count: 10, unit: 'image', unit_price: 0.028, amount: 0.28, amount_display: '$0.28', fallbacks: [{ provider: 'replicate', unit_price: 0.03 }] },
    { step_type: 'i2v', model: 'kling', resolved: null, count: 10, unit: 'video', unit_price: 0.35, amount: 3.5, amount_display: '$3.50' },
  ],
};

const show = () =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <CostPanel estimate={estimate} stale={false} waitingFor={null} simulated={false} />
      <p data-testid="button">
        <ScopeWithin estimate={estimate}>10 images + 10 videos</ScopeWithin>
      </p>
    </QueryClientProvider>,
  );

describe('the cost of a run', () => {
  beforeEach(() => {
    draftStore.clear();
    month = { month: '2026-11-01', limit: null, held: 0, spent: 0, left: null };
    models = [aModel({ simulated: false }), aVideoModel({ simulated: false })];
  });

  it('is told by step and model, with the arithmetic and who stands by', async () => {
    show();
    expect(await screen.findByText('Kling Image')).toBeInTheDocument();
    expect(screen.getByText('10 images × $0.028')).toBeInTheDocument();
    expect(screen.getByText('10 videos × $0.35')).toBeInTheDocument();
    expect(screen.getByText('Replicate stands by at $0.03 each')).toBeInTheDocument();
    expect(screen.getByText('$3.79')).toBeInTheDocument();
    expect(screen.getByText('Estimate')).toBeInTheDocument();
    expect(screen.queryByText(/Budget/)).not.toBeInTheDocument();
    expect(screen.getByTestId('button')).toHaveTextContent('10 images + 10 videos');
  });

  it('says what the month leaves', async () => {
    month = { month: '2026-11-01', limit: 20, held: 1, spent: 9, left: 10 };
    show();
    expect(await screen.findByText('$6.22 of $20.00 left')).toBeInTheDocument();
  });

  it('says on the button that it is over the budget, and raises it when asked', async () => {
    draftStore.patch({ budget: 2 });
    show();
    expect(await screen.findByText('$1.79 over')).toBeInTheDocument();
    expect(screen.getByTestId('button')).toHaveTextContent('Over budget: pauses at $2.00');
    await userEvent.click(screen.getByRole('button', { name: 'Raise it to $4.00' }));
    expect(await screen.findByText('$0.22 of $4.00 left')).toBeInTheDocument();
    expect(screen.getByTestId('button')).toHaveTextContent('10 images + 10 videos');
  });

  it('does not count a demo run against the month', async () => {
    month = { month: '2026-11-01', limit: 20, held: 0, spent: 20, left: 0 };
    models = [aModel(), aVideoModel()];
    show();
    expect(await screen.findByText('$0.00 of $20.00 left')).toBeInTheDocument();
    expect(screen.getByTestId('button')).toHaveTextContent('10 images + 10 videos');
  });
});
