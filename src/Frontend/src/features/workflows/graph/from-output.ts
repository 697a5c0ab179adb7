import type { Lineage } from '@/domain/api';
import { nameOf } from '@/domain/draft/build-request';
import type { Draft } from '@/domain/draft/draft';
import { draftFromOutput, type RunOfOutput } from '@/domain/draft/from-output';
import { graphFromDrafts } from './from-pipelines';
import type { Graph } from './graph';

/** The way one output was made, drawn: its photo, its words, its models, settings and seeds, once each. Run as it is, it makes the same again. */
export function graphFromOutput(lineage: Lineage, run: RunOfOutput): { graph: Graph; missing: string[] } {
  const { draft, missing } = draftFromOutput(lineage, run);
  const made = lineage.chain.filter((node) => node.pipeline_id === run.id);
  const once = <Kind extends 'image' | 'video'>(kind: Kind): Draft[Kind] => (made.some((node) => node.kind === kind) ? { ...draft[kind], count: 1 } : draft[kind]);
  return { graph: graphFromDrafts(nameOf(draft), [{ ...draft, image: once('image'), video: once('video') }]), missing };
}
