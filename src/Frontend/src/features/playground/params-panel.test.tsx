import { screen } from '@testing-library/react';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { aDraft, aModel, aVideoModel } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { ParamsPanel } from './params-panel';

testServer(http.get('*/providers', () => HttpResponse.json({ data: [] })));

const draft = aDraft({ mode: 'i2i', image: { ...aDraft().image, ratio: '21:9' } });

describe('what a model cannot do', () => {
  it('is said where it was chosen, with what comes in its place', async () => {
    await renderPage(<ParamsPanel draft={draft} models={[aModel(), aVideoModel()]} faults={[]} />);
    expect(await screen.findByText('Kling Image cannot do 21:9; it makes 1:1.')).toBeInTheDocument();
    expect(screen.getByRole('radio', { name: '1:1' })).toBeChecked();
  });
  it('is said too when there is nothing to choose from', async () => {
    await renderPage(<ParamsPanel draft={draft} models={[aModel({ capabilities: { aspect_ratios: [] }, defaults: { aspect_ratio: null } }), aVideoModel()]} faults={[]} />);
    expect(await screen.findByText('Kling Image cannot do 21:9.')).toBeInTheDocument();
  });
  it('is not mentioned when nobody asked for it', async () => {
    await renderPage(<ParamsPanel draft={aDraft({ mode: 'i2i' })} models={[aModel(), aVideoModel()]} faults={[]} />);
    expect(await screen.findByRole('radio', { name: '1:1' })).toBeInTheDocument();
    expect(screen.queryByText(/cannot do/)).not.toBeInTheDocument();
  });
});
