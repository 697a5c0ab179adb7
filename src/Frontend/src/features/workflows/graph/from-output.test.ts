// @vitest-environment jsdom
import { describe, expect, it } from 'vitest';
import type { Lineage } from '@/domain/api';
import { aLineageNode, aStep, catalog } from '@/testing/builders';
import { branchesOf, requestOf } from './branches';
import { readGraph, toFile } from './files';
import { graphFromOutput } from './from-output';
import { ofKind } from './graph';

const chain = [
  aLineageNode({ kind: 'source', asset_id: 9, name: 'me.png', url: '/assets/9/content', pipeline_id: null, pipeline_name: null }),
  aLineageNode({ kind: 'prompt', text: 'red' }),
  aLineageNode({ kind: 'enhanced_prompt', text: 'a red dress, flowing' }),
  aLineageNode({ asset_id: 12, output_id: 3, prompt: 'a red dress, flowing', model: 'kling-image', from_asset_id: 9, seed: 1234 }),
  aLineageNode({ kind: 'video', asset_id: 13, output_id: 4, prompt: 'slow push in', model: 'kling', from_asset_id: 12, seed: 77 }),
];
const lineage: Lineage = { asset_id: 13, chain, made: [], made_total: 0, cost: 0 };
const run = {
  id: 7, mode: 'auto' as const, checkpoints: [], budget_usd: null, inputs: { images: [], prompts: ['red', 'blue'], combine: 'all' as const, images_total: 3, prompts_total: 2 },
  steps: [
    aStep({ step_type: 'i2i', config: { ...aStep().config, model: 'kling-image', images_per_prompt: 4, aspect_ratio: '9:16' } }),
    aStep({ id: 22, step_type: 'i2v', config: { ...aStep().config, model: 'kling', videos_per_image: 2, duration_sec: 10 } }),
  ],
};

describe('a workflow of an output', () => {
  it('has its photo, words, models, settings and seeds, once each', () => {
    const { graph, missing } = graphFromOutput(lineage, run);
    expect(graph.nodes.map(({ kind }) => kind)).toEqual(['upload_images', 'generate_images', 'generate_videos']);
    expect(ofKind(graph.nodes[0], 'upload_images')?.config.images).toMatchObject([{ assetId: 9, name: 'me.png' }]);
    expect(graph.nodes[1]?.config).toMatchObject({ model: 'kling-image', prompt: 'a red dress, flowing', ratio: '9:16', count: 1, seed: 1234 });
    expect(graph.nodes[2]?.config).toMatchObject({ model: 'kling', prompt: 'slow push in', duration: 10, count: 1, seed: 77 });
    expect(missing).toEqual([]);
  });

  it('asks for exactly that, also once it was kept and read again', () => {
    const { graph } = graphFromOutput(lineage, run);
    const read = readGraph(JSON.parse(JSON.stringify(toFile(graph))));
    expect(read).toEqual({ graph, left: [] });
    const branches = branchesOf(graph);
    expect(branches).toHaveLength(1);
    const request = branches[0] && requestOf(graph, branches[0], branches, catalog);
    expect(request?.steps).toMatchObject([{ step_type: 'i2i', config: { seed: 1234, images_per_prompt: 1 } }, { step_type: 'i2v', config: { seed: 77, videos_per_image: 1 } }]);
  });

  it('has its sound, its resolution and what it should not show', () => {
    const config = { ...aStep().config, audio: true, negative_prompt: 'cuts', resolution: '720p' };
    const { graph } = graphFromOutput(lineage, { ...run, steps: [...run.steps.slice(0, 1), aStep({ id: 22, step_type: 'i2v', config })] });
    expect(graph.nodes[2]?.config).toMatchObject({ audio: true, negativePrompt: 'cuts', resolution: '720p' });
    expect(readGraph(JSON.parse(JSON.stringify(toFile(graph))))).toEqual({ graph, left: [] });
  });
});
