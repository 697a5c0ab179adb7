import { screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { describe, expect, it } from 'vitest';
import { draftStore, useDraft } from '@/domain/draft/draft-store';
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

describe('what few ask for', () => {
  const models = [aModel({ capabilities: { negative_prompt: true } }), aVideoModel({ capabilities: { audio: true } })];
  const Panel = () => <ParamsPanel draft={useDraft()} models={models} faults={[]} />;

  it('is folded until it is asked for, and is kept in the draft', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i' }));
    await renderPage(<Panel />);
    const more = await screen.findByRole('button', { name: 'More settings', expanded: false });
    expect(screen.queryByLabelText('Seed')).not.toBeInTheDocument();
    await userEvent.click(more);
    await userEvent.type(screen.getByLabelText('Seed'), '4a2');
    await userEvent.type(screen.getByLabelText('Negative prompt'), 'text');
    expect(draftStore.get().image).toMatchObject({ seed: 42, negativePrompt: 'text' });
    await userEvent.clear(screen.getByLabelText('Seed'));
    expect(draftStore.get().image.seed).toBeNull();
  });

  it('is open where something of it is set, and says what the model cannot do', async () => {
    draftStore.set(() => aDraft({ mode: 'i2v', video: { ...aDraft().video, negativePrompt: 'cuts' } }));
    await renderPage(<Panel />);
    expect(await screen.findByText('Kling takes no negative prompt; it goes without.')).toBeInTheDocument();
  });

  it('stays open while what was set is taken out', async () => {
    draftStore.set(() => aDraft({ mode: 'i2i', image: { ...aDraft().image, seed: 7 } }));
    await renderPage(<Panel />);
    await userEvent.clear(await screen.findByLabelText('Seed'));
    expect(screen.getByLabelText('Seed')).toHaveFocus();
    expect(draftStore.get().image.seed).toBeNull();
  });

  it('is open where the server refuses it', async () => {
    await renderPage(<ParamsPanel draft={aDraft({ mode: 'i2i' })} models={models} faults={[{ field: 'image-seed', message: 'A seed is from 0 to 2147483647.' }]} />);
    expect(await screen.findByText('A seed is from 0 to 2147483647.')).toBeInTheDocument();
  });

  it('has sound where the model makes it', async () => {
    draftStore.set(() => aDraft({ mode: 'i2v' }));
    await renderPage(<Panel />);
    await userEvent.click(screen.getByRole('switch', { name: 'Sound' }));
    expect(draftStore.get().video.audio).toBe(true);
  });
});
