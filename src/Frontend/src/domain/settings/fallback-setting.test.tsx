import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it } from 'vitest';
import type { Provider } from '@/domain/api';
import { draftStore, useDraft } from '@/domain/draft/draft-store';
import { aDraft, aModel } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { imageConfig } from '@/domain/draft/build-request';
import { FallbackSetting } from './fallback-setting';

const provider = (name: string, over: Partial<Provider> = {}): Provider => ({ name, simulated: false, key: 'installation', key_hint: null, takes_key: true, makes: ['image'], serves: 1, stands_by_for: 1, state: 'free', until: null, limits: [], last_error: null, ...over });
let providers: Provider[] = [];
testServer(http.get('*/providers', () => HttpResponse.json({ data: providers })));
const paid = aModel({ simulated: false, served_by: 'fal' });
function InDraft({ model }: { model: typeof paid }) {
  const { image } = useDraft();
  return <FallbackSetting kind="image" model={model} value={image.fallback} onChange={(fallback) => draftStore.set((draft) => ({ ...draft, image: { ...draft.image, fallback } }))} />;
}
const show = (model = paid) =>
  render(
    <QueryClientProvider client={new QueryClient()}>
      <InDraft model={model} />
      <p>beside it</p>
    </QueryClientProvider>,
  );

describe('leave for another provider', () => {
  beforeEach(() => {
    draftStore.set(() => aDraft());
    providers = [provider('fal'), provider('replicate')];
  });

  it('is given with a price, and sent with the step', async () => {
    show();
    expect(await screen.findByText('When fal is out, Replicate may make it.')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('switch', { name: /Let another provider step in/ }));
    expect(imageConfig(draftStore.get(), [paid])).toMatchObject({ fallback: {} });
    await userEvent.type(screen.getByRole('spinbutton', { name: 'Most for one image at another provider, in US dollars' }), '0.05');
    expect(imageConfig(draftStore.get(), [paid])).toMatchObject({ fallback: { max_unit_price_usd: 0.05 } });
    await userEvent.click(screen.getByRole('switch', { name: /Let another provider step in/ }));
    expect(imageConfig(draftStore.get(), [paid])).not.toHaveProperty('fallback');
  });

  it.each([
    ['nobody else has a key', paid, [provider('fal'), provider('replicate', { key: null })]],
    ['the others make something else', paid, [provider('fal'), provider('replicate', { makes: ['video'] })]],
    ['it is the demo renderer’s', aModel(), [provider('fal'), provider('replicate')]],
  ])('is not offered where %s', async (_, model, known) => {
    providers = known;
    show(model);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(screen.queryByRole('switch')).not.toBeInTheDocument();
    expect(screen.getByText('beside it')).toBeInTheDocument();
  });
});
