import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { anAsset, anItem, anOutput } from '@/testing/builders';
import { testServer } from '@/testing/server';
import { Compare } from './compare';
import type { GalleryItem } from './gallery-item';

testServer(
  http.get('*/pipelines/7/steps/21/outputs', ({ request }) => {
    const id = Number(new URL(request.url).searchParams.get('ids'));
    return HttpResponse.json({ data: [anOutput({ id, prompt: `prompt of ${id}` })], next_cursor: null });
  }),
  http.get('*/assets/:id', ({ params }) => {
    const id = Number(params.id);
    return id === removed ? HttpResponse.json({ status: 404, title: 'Not found.' }, { status: 404 }) : HttpResponse.json(anAsset({ id, deleted_at: id === trashed ? '2026-11-29T10:00:00Z' : null }));
  }),
);
const [trashed, removed] = [61, 62];

const picture = (n: number, over: Partial<GalleryItem> = {}) => anItem({ key: `output-${n}`, outputId: n, url: `/assets/${n}/content`, prompt: null, ...over });

function open(first: GalleryItem, second: GalleryItem, onClose = vi.fn()) {
  render(
    <QueryClientProvider client={new QueryClient()}>
      <Compare first={first} second={second} onClose={onClose} />
    </QueryClientProvider>,
  );
  return onClose;
}

describe('comparing two pictures', () => {
  it('uncovers the first as far as the slider says', async () => {
    open(picture(1), picture(2));
    const second = await screen.findByRole('img', { name: 'prompt of 2' });
    expect(second.style.clipPath).toBe('inset(0 0 0 50%)');
    fireEvent.change(screen.getByRole('slider', { name: 'How much of the first is seen, in percent' }), { target: { value: '80' } });
    expect(second.style.clipPath).toBe('inset(0 0 0 80%)');
  });

  it('puts them side by side, each with its prompt', async () => {
    open(picture(1), picture(2));
    await userEvent.click(screen.getByRole('radio', { name: 'Side by side' }));
    expect(await screen.findByText('prompt of 1')).toBeInTheDocument();
    expect(screen.getByText('prompt of 2')).toBeInTheDocument();
    expect(screen.queryByRole('slider')).not.toBeInTheDocument();
  });

  it('says what was deleted meanwhile, and shows the rest all the same', async () => {
    open(picture(1, { assetId: trashed }), picture(2, { assetId: removed }));
    expect(await screen.findByText('In the trash')).toBeInTheDocument();
    expect(await screen.findByText('Not there any more')).toBeInTheDocument();
    expect(screen.getAllByRole('img')).toHaveLength(2);
  });

  it('closes', async () => {
    const onClose = open(picture(1), picture(2));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(onClose).toHaveBeenCalled();
  });
});

describe('comparing two clips', () => {
  const play = vi.fn(() => Promise.resolve());
  const pause = vi.fn();
  beforeEach(() => {
    vi.spyOn(HTMLMediaElement.prototype, 'play').mockImplementation(play);
    vi.spyOn(HTMLMediaElement.prototype, 'pause').mockImplementation(pause);
    vi.spyOn(HTMLMediaElement.prototype, 'duration', 'get').mockReturnValue(5);
    play.mockClear();
    pause.mockClear();
  });
  const clips = () => [...document.querySelectorAll('video')];

  it('plays and pauses both, moves both, and pulls the second along', async () => {
    open(picture(1, { kind: 'video' }), picture(2, { kind: 'video' }));
    const [first, second] = clips();
    if (!first || !second) throw new Error('There are not two clips.');
    await userEvent.click(screen.getByRole('button', { name: 'Pause both' }));
    expect(pause).toHaveBeenCalledTimes(2);
    await userEvent.click(screen.getByRole('button', { name: 'Play both' }));
    expect(play).toHaveBeenCalledTimes(2);
    fireEvent.change(screen.getByRole('slider', { name: 'Place in both clips, in percent' }), { target: { value: '60' } });
    expect([first.currentTime, second.currentTime]).toEqual([3, 3]);
    first.currentTime = 3.5;
    fireEvent.timeUpdate(first);
    expect(second.currentTime).toBe(3.5);
  });
});
