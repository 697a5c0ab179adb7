import { fireEvent, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { http, HttpResponse } from 'msw';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Estimate, PipelineRequest } from '@/domain/api';
import { aPipeline, aStep, catalog } from '@/testing/builders';
import { renderPage } from '@/testing/render';
import { testServer } from '@/testing/server';
import { addDraft, isReadable, loadDraft } from '../drafts';
import { connect, emptyGraph, makeNode, type Graph } from '../graph/graph';
import { Builder } from './builder';
import { useWorkflow } from './use-workflow';

let started: { pipelines: PipelineRequest[]; max_cost_usd: number }[] = [];
const line = (step_type: 'prompt_enhance' | 'i2i', count: number, amount: number): Estimate['steps'][number] => ({
  step_type, model: step_type === 'i2i' ? 'kling-image' : null, count, unit: step_type === 'i2i' ? 'image' : 'prompt', unit_price: amount / count, amount, amount_display: '', resolved: null,
});

testServer(
  http.get('*/models', () => HttpResponse.json({ data: catalog })),
  http.post('*/pipelines/estimate', async ({ request }) => {
    const { steps } = (await request.json()) as PipelineRequest;
    const each = steps[0]?.config.variations_per_prompt ?? 1;
    const images = each * (steps[1]?.config.images_per_prompt ?? 1);
    const made = [line('prompt_enhance', each, each * 0.001), line('i2i', images, images * 0.028)];
    const total = made.reduce((sum, step) => sum + step.amount, 0);
    return HttpResponse.json({ currency: 'USD', total, total_display: `$${total.toFixed(2)}`, steps: made, display: '', warnings: [], reuse_quote: null } satisfies Estimate);
  }),
  http.post('*/run-groups', async ({ request }) => {
    const body = (await request.json()) as (typeof started)[number];
    started.push(body);
    const pipelines = body.pipelines.map((pipeline, at) => aPipeline({ id: 70 + at, name: pipeline.name, status: 'completed', steps: [aStep({ id: 1, step_type: 'prompt_enhance', status: 'completed' }), aStep({ id: 2, status: 'completed' })] }));
    return HttpResponse.json({ run_group_id: 'a-group', cost_estimate: 1, currency: 'USD', pipelines }, { status: 201 });
  }),
  http.get('*/pipelines', () => HttpResponse.json({ data: [], next_cursor: null })),
  http.get('*/pipelines/:id', ({ params }) => HttpResponse.json(aPipeline({ id: Number(params['id']), status: 'completed' }))),
  http.get('*/providers', () => HttpResponse.json({ data: [] })),
);

const photo = { assetId: 12, name: 'a.png', url: '/assets/12/content', thumbnailUrl: '/assets/12/thumbnail' };

/** Upload, enhance, two image steps; what is left out is left to the person. */
function drawing(over: { photo?: boolean; prompt?: string } = {}): Graph {
  const nodes = [makeNode('upload_images', 0, 0, 'u'), makeNode('enhance_prompts', 288, 0, 'e'), makeNode('generate_images', 576, 0, 'i1'), makeNode('generate_images', 576, 190, 'i2')];
  const filled = nodes.map((node) => (node.kind === 'upload_images' && over.photo !== false ? { ...node, config: { images: [photo] } } : node.kind === 'enhance_prompts' ? { ...node, config: { ...node.config, prompt: over.prompt ?? 'red dress' } } : node)) as Graph['nodes'];
  return [['u', 'e'], ['e', 'i1'], ['e', 'i2']].reduce((graph, [from = '', to = '']) => connect(graph, from, to), { ...emptyGraph, name: 'Lights', nodes: filled });
}

function Page({ id }: { id: string }) {
  const workflow = useWorkflow(1, id);
  return workflow && <Builder workflow={workflow} narrow />;
}
async function show(graph: Graph) {
  const id = addDraft(1, graph);
  await renderPage(<Page id={id} />);
  return id;
}
const stored = (id: string) => {
  const draft = loadDraft(1, id);
  return isReadable(draft) ? draft.graph : undefined;
};
const run = () => screen.getByRole('button', { name: /^Run/ });

describe('the builder where there is no room for a canvas', () => {
  beforeEach(() => {
    started = [];
  });

  it('shows every step with its count and price, and starts all branches for their sum', async () => {
    await show(drawing());
    expect(await screen.findAllByRole('button', { name: /Generate images, Kling Image × 1, 5 images, \$0\.14/ })).toHaveLength(2);
    expect(await screen.findByRole('button', { name: /Enhance prompts, 5 of each, 10 prompts in 2 branches/ })).toBeInTheDocument();
    await waitFor(() => expect(run()).toHaveTextContent('$0.29'));
    expect(run()).toHaveTextContent('10 images in 2 branches');
    await userEvent.click(run());
    expect(await screen.findByText('2 branches are running')).toBeInTheDocument();
    expect(started).toHaveLength(1);
    expect(started[0]?.pipelines.map(({ name }) => name)).toEqual(['Lights · Kling Image 1', 'Lights · Kling Image 2']);
    expect(started[0]?.max_cost_usd).toBeCloseTo(0.29);
  });

  it('lists all that is in the way and leads to each', async () => {
    await show(drawing({ photo: false, prompt: '' }));
    expect(await screen.findByText('2 things to fix first')).toBeInTheDocument();
    await userEvent.click(run());
    await userEvent.click(await screen.findByRole('button', { name: /Write the idea to enhance/ }));
    const sheet = await screen.findByRole('dialog', { name: 'Enhance prompts' });
    await userEvent.type(within(sheet).getByRole('textbox', { name: 'Idea' }), 'blue dress');
    await waitFor(() => expect(screen.getByText('1 thing to fix first')).toBeInTheDocument());
  });

  it('follows a setting with its price, keeps the draft, and takes it back', async () => {
    const id = await show(drawing());
    await waitFor(() => expect(run()).toHaveTextContent('$0.29'));
    await userEvent.click(screen.getAllByRole('button', { name: /^Generate images/ })[0] as HTMLElement);
    const slider = within(await screen.findByRole('dialog', { name: 'Generate images' })).getByRole('slider', { name: 'Images per prompt' });
    // jsdom has no keys for sliders.
    fireEvent.change(slider, { target: { value: '2' } });
    await waitFor(() => expect(run()).toHaveTextContent('$0.43'));
    await waitFor(() => expect(stored(id)?.nodes.find((node) => node.id === 'i1')?.config).toMatchObject({ count: 2 }));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await userEvent.click(screen.getByRole('button', { name: 'Undo' }));
    await waitFor(() => expect(run()).toHaveTextContent('$0.29'));
  });

  it('adds what follows, connected, and offers only what can', async () => {
    const id = await show({ ...drawing(), nodes: drawing().nodes.slice(0, 1), edges: [] });
    await userEvent.click(await screen.findByRole('button', { name: 'Add what follows upload photos' }));
    const options = await screen.findAllByRole('option');
    expect(options.map((option) => option.textContent)).toEqual([expect.stringContaining('New: Enhance prompts'), expect.stringContaining('New: Generate images'), expect.stringContaining('New: Generate videos')]);
    await userEvent.keyboard('videos{Enter}');
    await waitFor(() => expect(stored(id)?.edges).toMatchObject([{ from: 'u' }]));
    expect(stored(id)?.nodes[1]?.kind).toBe('generate_videos');
  });

  it('removes a step and brings it back', async () => {
    await show(drawing());
    await userEvent.click(await screen.findByRole('button', { name: /^Enhance prompts/ }));
    await userEvent.click(await screen.findByRole('button', { name: 'Remove step' }));
    await waitFor(() => expect(screen.queryByRole('button', { name: /^Enhance prompts/ })).not.toBeInTheDocument());
    await userEvent.click(within(screen.getByRole('region', { name: 'Notifications' })).getByRole('button', { name: 'Undo' }));
    expect(await screen.findByRole('button', { name: /^Enhance prompts/ })).toBeInTheDocument();
  });

  it('sends picks on as they are made where that is chosen', async () => {
    const graph = drawing();
    await show({ ...graph, run: 'checkpoint' });
    await userEvent.click(await screen.findByRole('button', { name: 'Dry run, pauses and price' }));
    expect(screen.queryByRole('switch', { name: /^Rolling review/ })).not.toBeInTheDocument();
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Pause after enhance prompts' }));
    await userEvent.click(screen.getByRole('switch', { name: /^Rolling review What you pick goes on at once/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    await waitFor(() => expect(run()).toHaveTextContent('then up to'));
    await userEvent.click(run());
    await screen.findByText('2 branches are running');
    expect(started[0]?.pipelines.map(({ review, checkpoints }) => [review, checkpoints])).toEqual([['rolling', ['prompt_enhance']], ['rolling', ['prompt_enhance']]]);
  });

  it('says that a budget holds for each branch, and what they may spend together', async () => {
    await show({ ...drawing(), budget: 2 });
    await userEvent.click(await screen.findByRole('button', { name: 'Dry run, pauses and price' }));
    expect(await screen.findByText('It holds for each of the 2 branches: together they may spend up to $4.00.')).toBeInTheDocument();
  });

  it('says that the browser does not keep it, and offers the file', async () => {
    vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('full');
    });
    await show(drawing());
    const notice = (await screen.findByText('This draft is not saved')).closest<HTMLElement>('[role=alert]');
    expect(notice && within(notice).getByRole('button', { name: 'Export it' })).toBeInTheDocument();
  });

  it('says what is out of date after a run', async () => {
    await show(drawing());
    await waitFor(() => expect(run()).toHaveTextContent('$0.29'));
    await userEvent.click(run());
    await screen.findByText('2 branches are running');
    await userEvent.click(screen.getByRole('button', { name: /^Enhance prompts/ }));
    await userEvent.type(within(await screen.findByRole('dialog')).getByRole('textbox', { name: 'Idea' }), '!');
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(await screen.findByRole('button', { name: /out of date: its settings changed after the last run/ })).toBeInTheDocument();
    expect(screen.getAllByRole('button', { name: /out of date: “Enhance prompts” above changed/ })).toHaveLength(2);
  });
});
