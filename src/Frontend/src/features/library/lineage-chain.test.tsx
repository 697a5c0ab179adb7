import { render, screen, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { aLineageNode } from '@/testing/builders';
import { LineageChain } from './lineage-chain';

const making = { item_id: 1, attempts: 1, crashes: 0, provider_request_id: null, quoted_cost: 0.35, actual_cost: 0.35, queued_at: '2026-11-24T10:00:00Z', started_at: '2026-11-24T10:00:04Z', finished_at: '2026-11-24T10:01:15Z', earlier: [] };

describe('how it was made', () => {
  it('says what became of a photo that was deleted, and cannot open it', () => {
    const chain = [aLineageNode({ kind: 'source', asset_id: 9, state: 'removed' }), aLineageNode({ asset_id: 12, output_id: 3, cost: 0.028 })];
    render(<LineageChain lineage={{ asset_id: 12, chain, made: [], made_total: 0, cost: 0.028 }} onOpen={vi.fn()} onMade={vi.fn()} />);
    const [photo] = screen.getAllByRole('listitem');
    expect(photo).toHaveTextContent('Not there any more');
    expect(within(photo ?? document.body).queryByRole('button', { name: /Open/ })).not.toBeInTheDocument();
  });

  it('leads to what it was made from and to what was made of it', async () => {
    const onOpen = vi.fn();
    const chain = [aLineageNode({ kind: 'source', asset_id: 9, name: 'me.png', thumbnail_url: '/assets/9/thumbnail' }), aLineageNode({ asset_id: 12, output_id: 3 })];
    render(<LineageChain lineage={{ asset_id: 12, chain, made: [aLineageNode({ kind: 'video', asset_id: 13, output_id: 4, name: 'video-1.mp4' })], made_total: 1, cost: 0 }} onOpen={onOpen} onMade={vi.fn()} />);
    await userEvent.click(screen.getByRole('button', { name: 'Open me.png' }));
    await userEvent.click(screen.getByRole('button', { name: 'Open video-1.mp4' }));
    expect(onOpen.mock.calls).toEqual([[9], [13]]);
  });

  it('tells who made it, in what time, and who stood in for whom', async () => {
    render(<LineageChain lineage={{ asset_id: 13, chain: [aLineageNode({ kind: 'video', asset_id: 13, output_id: 4, model: 'kling', provider: 'replicate', instead_of: 'fal', cost: 0.35, seed: 7, making })], made: [], made_total: 0, cost: 0.35 }} onOpen={vi.fn()} onMade={vi.fn()} />);
    expect(screen.getByText('kling · Replicate · 1 min 11 s')).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Details' }));
    expect(screen.getByText('Replicate, stood in for fal')).toBeInTheDocument();
    expect(screen.getByText('4 s')).toBeInTheDocument();
  });
});
