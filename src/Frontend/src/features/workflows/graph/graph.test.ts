import { describe, expect, it } from 'vitest';
import { aDraft, aModel, catalog } from '@/testing/builders';
import type { Estimate } from '@/domain/api';
import { emptyDraft } from '@/domain/draft/draft';
import { emptySet } from '@/domain/draft/photo-set';
import { branchesOf, pathOf, requestOf, templatePipelines } from './branches';
import { costsOf } from './costs';
import { copyNodes, parseGraph, pasteNodes, readGraph, toFile } from './files';
import { graphFromDrafts, graphFromPipelines } from './from-pipelines';
import { nodeOf, ofKind, connect, emptyGraph, freeSpot, makeNode, partnersOf, refusal, remove, configure, type Graph, type NodeKind } from './graph';
import { begin, record, redo, undo } from './history';
import { layOut } from './layout';
import { problemAt, problemsOf } from './problems';
import { printOf, staleNodes } from './stale';

const photo = (assetId: number) => ({ assetId, name: `${assetId}.png`, url: '', thumbnailUrl: '' });
const kinds: Record<string, NodeKind> = { u: 'upload_images', e: 'enhance_prompts', i: 'generate_images', v: 'generate_videos' };

/** `draw('u>e', 'e>i1')`: nodes by their first letter, uploads with a photo, the rest with a prompt. */
function draw(...wires: string[]): Graph {
  const ids = [...new Set(wires.flatMap((wire) => wire.split('>')))];
  const nodes = ids.map((id) => {
    const node = makeNode(kinds[id[0] ?? ''] ?? 'upload_images', 0, 0, id);
    return { ...node, config: node.kind === 'upload_images' ? { images: [photo(12)] } : { ...node.config, prompt: 'woman in red dress' } } as typeof node;
  });
  return { ...emptyGraph, nodes, edges: wires.filter((wire) => wire.includes('>')).map((wire) => ({ from: wire.split('>')[0] ?? '', to: wire.split('>')[1] ?? '' })) };
}
const ways = (graph: Graph) => branchesOf(graph).map((branch) => pathOf(branch).map(({ id }) => id).join(' '));
const messages = (graph: Graph, models = catalog) => problemsOf(graph, models).map(({ node, field }) => `${node ?? '-'}:${field}`);

describe('branches', () => {
  it.each([
    [['u>i'], ['u i']],
    [['u>e', 'e>i', 'i>v'], ['u e i v']],
    [['u>i', 'e>i'], ['u e i']],
    [['u>e', 'e>i1', 'e>i2'], ['u e i1', 'u e i2']],
    [['u1>i', 'u2>i'], ['u1 i', 'u2 i']],
    [['u>e', 'u>i', 'e>i'], ['u e i']],
    [['u>i', 'i>v1', 'i>v2'], ['u i v1', 'u i v2']],
    [['u>v', 'u>i', 'e>i', 'i>v2'], ['u v', 'u e i v2']],
    [['u>e', 'e>v'], ['u e v']],
    [['e>i'], []],
    [['u1>i', 'u2>i', 'e>i'], ['u1 e i', 'u2 e i']],
  ])('%j are %j', (wires, expected) => expect(ways(draw(...wires))).toEqual(expected));

  it('come to an end in a circle', () => expect(ways(draw('u>i', 'i>v', 'v>i'))).toEqual(['u i v']));

  it('are pipelines as the playground would have set them up', () => {
    const graph = { ...draw('u>e', 'e>i', 'i>v'), run: 'checkpoint' as const };
    const paused = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, pause: node.id === 'i' })) };
    const [branch] = branchesOf(paused);
    expect(branch && requestOf(paused, branch, [branch], catalog)).toMatchObject({
      name: 'Untitled workflow', mode: 'checkpoint', checkpoints: ['i2i'], reuse: true, inputs: { images: [{ asset_id: 12 }], prompts: ['woman in red dress'] },
      steps: [{ step_type: 'prompt_enhance', config: { variations_per_prompt: 5, target_type: 'i2i' } }, { step_type: 'i2i', config: { model: 'kling-image' } }, { step_type: 'i2v', config: { model: 'kling' } }],
    });
  });

  it('roll where somebody may stop, and only there', () => {
    const graph = { ...draw('u>i', 'i>v'), run: 'checkpoint' as const, review: 'rolling' as const };
    const paused = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, pause: node.id === 'i' })) };
    const reviewOf = (one: Graph) => branchesOf(one).map((branch, _, all) => requestOf(one, branch, all, catalog)?.review);
    expect(reviewOf(paused)).toEqual(['rolling']);
    expect(reviewOf(graph)).toEqual([undefined]);
    expect(reviewOf({ ...paused, run: 'auto' })).toEqual([undefined]);
    expect(graphFromPipelines('Again', templatePipelines(paused, catalog)).review).toBe('rolling');
  });

  it('go into a template without photos and prompts when there are none yet', () => {
    const graph = draw('u>i1', 'u>i2');
    const bare = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, config: makeNode(node.kind, 0, 0).config }) as typeof node) };
    expect(templatePipelines(bare, catalog)).toMatchObject([{ inputs: { images: [], prompts: [] } }, { inputs: { images: [], prompts: [] } }]);
    expect(templatePipelines(graph, catalog)[0]).toMatchObject({ inputs: { images: [{ asset_id: 12 }], prompts: ['woman in red dress'] } });
  });
});

describe('problems', () => {
  it('are none in a workflow that can run', () => expect(problemsOf(draw('u>e', 'e>i1', 'e>i2', 'i1>v'), catalog)).toEqual([]));

  it('are told all at once, each at its node', () => {
    const graph = draw('u>i', 'e>v');
    const bare = { ...graph, nodes: [...graph.nodes.map((node) => ({ ...node, config: makeNode(node.kind, 0, 0).config }) as typeof node), makeNode('upload_images', 0, 0, 'alone')] };
    expect(messages(bare)).toEqual(['u:photos', 'i:prompt', 'e:prompt', 'v:wire', 'alone:photos', 'alone:wire']);
  });

  it('are every node of a circle, and a wire that makes no sense', () => {
    const found = problemsOf(draw('u>i', 'i>v', 'v>i'), catalog);
    expect(found.filter(({ message }) => message.includes('circle')).map(({ node }) => node)).toEqual(['i', 'v']);
    expect(found.find(({ message }) => message.startsWith('Videos are the end'))?.node).toBe('i');
  });

  it('are models that are gone, with what takes their place', () => {
    const old = aModel({ id: 'old', name: 'Old', status: 'retired', simulated: false, successor: 'kling-image' });
    const graph = draw('u>i1', 'u>i2');
    const with_ = (id: string, model: string, one: Graph) => configure(one, id, 'generate_images', { model });
    const found = problemsOf(with_('i2', 'never', with_('i1', 'old', graph)), [...catalog, old]);
    expect(found).toEqual([
      { node: 'i1', field: 'model', message: 'Old was retired by its maker. Kling Image takes its place.' },
      { node: 'i2', field: 'model', message: 'There is no model never any more. Choose another one.' },
    ]);
    expect(problemsOf(with_('i1', 'old', graph), [...catalog, { ...old, simulated: true }])).toEqual([]);
  });

  it('are prompts that nobody uses beside images', () => expect(messages(draw('u>i', 'i>v', 'e>v'))).toEqual(['v:wire']));
  it('is an empty canvas', () => expect(messages(emptyGraph)).toEqual(['-:run']));
  it('are more branches than can be started together', () => expect(messages(draw(...Array.from({ length: 51 }, (_, at) => `u>i${at}`)))).toEqual(['-:run']));

  it('that the server finds stand at the node they speak of', () => {
    const [branch] = branchesOf(draw('u>e', 'e>i', 'i>v'));
    expect(branch && problemAt(branch, '/steps/2/config/duration_sec', 'no')).toMatchObject({ node: 'v', field: 'duration' });
    expect(branch && problemAt(branch, '/inputs/images/3/asset_id', 'no')).toMatchObject({ node: 'u', field: 'photos' });
    expect(branch && problemAt(branch, '/webhook_url', 'no')).toMatchObject({ node: null, field: 'run' });
  });
});

describe('wires', () => {
  it('join only what fits, once, and in no circle', () => {
    const graph = draw('u>i', 'i>v', 'e');
    expect(refusal(graph, 'e', 'i')).toBeNull();
    for (const [from, to] of [['u', 'u'], ['u', 'i'], ['v', 'i'], ['i', 'u'], ['i', 'e']] as const) expect(refusal(graph, from, to)).not.toBeNull();
    expect(connect(graph, 'v', 'u')).toBe(graph);
    expect(connect(graph, 'e', 'i').edges).toHaveLength(3);
  });
  it('offer the kinds they can end at', () => {
    expect(partnersOf('upload_images', 'after')).toEqual(['enhance_prompts', 'generate_images', 'generate_videos']);
    expect(partnersOf('generate_videos', 'before')).toEqual(['upload_images', 'enhance_prompts', 'generate_images']);
    expect(partnersOf('generate_videos', 'after')).toEqual([]);
  });
  it('go with the nodes that are taken away', () => expect(remove(draw('u>i', 'i>v'), new Set(['i']))).toMatchObject({ nodes: [{ id: 'u' }, { id: 'v' }], edges: [] }));
  it('leave room: a new node goes where nothing lies', () => {
    const graph = { ...emptyGraph, nodes: [makeNode('upload_images', 0, 0)] };
    expect(freeSpot(graph, 10, 10)).not.toEqual({ x: 10, y: 10 });
    expect(freeSpot(graph, 600, 0)).toEqual({ x: 600, y: 0 });
  });
});

const line = (step_type: 'prompt_enhance' | 'i2i' | 'i2v', count: number, amount: number) => ({ step_type, model: null, count, unit: step_type === 'i2i' ? 'image' : step_type === 'i2v' ? 'video' : 'prompt', unit_price: 0, amount, amount_display: '' }) as Estimate['steps'][number];
const estimate = (...steps: Estimate['steps']): Estimate => ({ currency: 'USD', total: steps.reduce((sum, step) => sum + step.amount, 0), total_display: '$1.00', steps, display: '', warnings: [], reuse_quote: null });

describe('costs', () => {
  it('count a step that branches share once, where results are taken again', () => {
    const graph = draw('u>i', 'i>v1', 'i>v2');
    const estimates = [estimate(line('i2i', 4, 0.4), line('i2v', 4, 2)), estimate(line('i2i', 4, 0.4), line('i2v', 4, 3))];
    const shared = costsOf(graph, branchesOf(graph), estimates);
    expect(shared.total).toBeCloseTo(5.4);
    expect(shared.nodes.get('i')).toMatchObject({ count: 4, amount: 0.4, branches: 2 });
    expect(costsOf({ ...graph, reuse: false }, branchesOf(graph), estimates).total).toBeCloseTo(5.8);
  });
  it('count what an enhancer leads to for each branch: it writes anew', () => {
    const graph = draw('u>e', 'e>i', 'i>v1', 'i>v2');
    const one = estimate(line('prompt_enhance', 5, 0.005), line('i2i', 5, 0.5), line('i2v', 5, 2));
    expect(costsOf(graph, branchesOf(graph), [one, one]).total).toBeCloseTo(5.01);
  });
  it('say what is paid before the first stop', () => {
    const graph = { ...draw('u>i', 'i>v'), run: 'checkpoint' as const };
    const paused = { ...graph, nodes: graph.nodes.map((node) => ({ ...node, pause: node.id === 'i' })) };
    const cost = costsOf(paused, branchesOf(paused), [estimate(line('i2i', 4, 0.4), line('i2v', 4, 2))]);
    expect([cost.now, cost.total]).toEqual([0.4, 2.4]);
  });
  it('are not complete while a branch has none', () => {
    const graph = draw('u>i1', 'u>i2');
    expect(costsOf(graph, branchesOf(graph), [estimate(line('i2i', 1, 0.1)), undefined]).complete).toBe(false);
  });
});

describe('files', () => {
  it('come back as they were', () => {
    const graph = draw('u>e', 'e>i');
    expect(readGraph(JSON.parse(JSON.stringify(toFile(graph))))).toEqual({ graph, left: [] });
  });
  it.each([['not json', /not JSON/], ['{}', /no workflow/], ['{"format":"pipeline.workflow","version":2}', /newer version/]])(
    'that cannot be read say why: %s', (text, why) => expect((parseGraph(text) as { error: string }).error).toMatch(why),
  );
  it('leave out what is not known here, say what and where, and keep the rest', () => {
    const file = { ...toFile(draw('u>i', 'i>v')), nodes: [...draw('u>i', 'i>v').nodes, { id: 'b', kind: 'blend' }, { kind: 'upload_images' }, { id: 'u', kind: 'upload_images' }], edges: [{ from: 'u', to: 'i' }, { from: 'u', to: 'i' }, { from: 'b', to: 'v' }, 7] };
    const read = readGraph(JSON.parse(JSON.stringify(file)));
    if ('error' in read) throw new Error(read.error);
    expect(read.graph.nodes.map(({ id }) => id)).toEqual(['u', 'i', 'v']);
    expect(read.graph.edges).toEqual([{ from: 'u', to: 'i' }]);
    expect(read.left).toEqual([
      'Step 4 is of the kind “blend”, which is not known here. Known are upload_images, enhance_prompts, generate_images, generate_videos.', 'Step 5 has no id.', 'Step 6 has the id “u” of a step before it.',
      'Wire 3 has lost an end.', 'Wire 4 has lost an end.',
    ]);
  });
  it('keep wrong fields out', () => {
    const step = (id: string, kind: string, config: object) => ({ id, kind, x: 'far', config });
    const read = readGraph({
      format: 'pipeline.workflow', version: 1, run: 'never', review: 'sometimes', edges: [],
      nodes: [
        step('e', 'enhance_prompts', { prompt: 3, variations: 7, colour: 'red', themeFocus: 'weather' }),
        step('i', 'generate_images', { model: 4, set: { options: { angles: ['front', 'below'] }, coverage: 'full', each: 1 }, fallback: { max: 'much' }, count: 2 }),
        step('u', 'upload_images', { images: [{ assetId: 3, name: 'a.png', url: 5 }, { assetId: 'x' }, null] }),
      ],
    });
    if ('error' in read) throw new Error(read.error);
    const [enhance, images, upload] = read.graph.nodes;
    expect(read.graph).toMatchObject({ run: 'auto', review: 'gathered', nodes: [{ x: 0 }, {}, {}] });
    expect(enhance?.config).toEqual({ prompt: '', variations: 7, themeFocus: null });
    expect(images?.config).toMatchObject({ model: null, set: null, fallback: null, count: 2 });
    expect(upload?.config).toEqual({ images: [{ assetId: 3, name: 'a.png', url: '/assets/3/content', thumbnailUrl: '/assets/3/thumbnail' }] });
  });
  it('keep a photo set that is one', () => {
    const graph = configure(draw('u>i'), 'i', 'generate_images', { set: { ...emptySet, options: { ...emptySet.options, angles: ['front'], outfits: ['navy jacket'] } } });
    expect(readGraph(JSON.parse(JSON.stringify(toFile(graph))))).toEqual({ graph, left: [] });
  });
  it('pasted get ids of their own and keep the wires among themselves', () => {
    const graph = draw('u>i', 'i>v');
    const pasted = pasteNodes(graph, copyNodes(graph, new Set(['i', 'v'])));
    if ('error' in pasted) throw new Error(pasted.error);
    expect(pasted.graph.nodes).toHaveLength(5);
    expect(new Set(pasted.graph.nodes.map(({ id }) => id)).size).toBe(5);
    expect(pasted.graph.edges.at(-1)).toEqual({ from: pasted.ids[0], to: pasted.ids[1] });
    const again = pasteNodes(pasted.graph, copyNodes(graph, new Set(['i', 'v'])));
    expect('graph' in again && again.graph.nodes.slice(-2).map(({ x }) => x)).toEqual([64, 64]);
  });
});

describe('history', () => {
  it('goes back and forth, and keystrokes are one step', () => {
    let history = begin('');
    for (const [at, text] of ['a', 'ab', 'abc'].entries()) history = record(history, text, 'prompt of e', 1000 + at * 100);
    history = record(history, 'abc!', null, 1250);
    expect(undo(history).present).toBe('abc');
    expect(undo(undo(history)).present).toBe('');
    expect(redo(redo(undo(undo(history)))).present).toBe('abc!');
    expect(undo(begin('x')).present).toBe('x');
  });
  it('forgets what was taken back once something else is done', () => expect(record(undo(record(begin(1), 2, null, 0)), 3, null, 0).future).toEqual([]));
});

describe('what a run was made with', () => {
  const graph = draw('u>e', 'e>i', 'i>v');
  const last = printOf(graph, new Set(['u', 'e', 'i', 'v']));
  it('is up to date while nothing changed, wherever the nodes lie', () => {
    expect(staleNodes(graph, last).size).toBe(0);
    expect(staleNodes({ ...graph, name: 'other', nodes: graph.nodes.map((node) => ({ ...node, x: 99 })) }, last).size).toBe(0);
    expect(staleNodes(graph, null).size).toBe(0);
    // As a version wrote it that had fewer settings, in another order.
    const { model, count, prompt } = ofKind(nodeOf(graph, 'i'), 'generate_images')?.config ?? {};
    expect(staleNodes(graph, { ...last, i: { from: last['i']?.from ?? [], config: JSON.stringify([{ prompt, count, model, ratio: null }, graph.combine]) } }).size).toBe(0);
  });
  it('says why a node is not, and what follows of it', () => {
    const changed = staleNodes(configure(graph, 'i', 'generate_images', { count: 3 }), last);
    expect([...changed]).toEqual([['i', 'its settings changed after the last run'], ['v', '“Generate images” above changed after the last run']]);
    const rewired = staleNodes({ ...graph, edges: graph.edges.filter((edge) => edge.to !== 'i') }, last);
    expect(rewired.get('i')).toBe('a wire was taken away after the last run');
  });
});

describe('a drawing', () => {
  it('of the playground’s draft is a chain', () => {
    const graph = graphFromDrafts('Mine', [aDraft({ enhanceInRun: true, run: 'checkpoint', pauseAfter: { prompt_enhance: false, i2i: true } })]);
    expect(ways(graph)).toHaveLength(1);
    expect(graph.nodes.map(({ kind, pause }) => [kind, pause])).toEqual([['upload_images', false], ['enhance_prompts', false], ['generate_images', true], ['generate_videos', false]]);
  });
  it('of two runs with the same photos has one upload', () => {
    const graph = graphFromDrafts('Two', [aDraft({ mode: 'i2i' }), aDraft({ mode: 'i2i', image: { ...emptyDraft.image, model: 'other' } })]);
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['upload_images', 'generate_images', 'generate_images']);
    expect(branchesOf(graph)).toHaveLength(2);
  });
  it('is laid out left to right', async () => {
    const graph = await layOut(draw('u>e', 'e>i', 'i>v'));
    const xs = graph.nodes.map(({ x }) => x);
    expect(xs).toEqual([...xs].sort((a, b) => a - b));
    expect(new Set(xs).size).toBe(4);
  });
});

