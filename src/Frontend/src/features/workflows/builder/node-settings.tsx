import { Layers, Play, Trash2 } from 'lucide-react';
import { memo, Suspense, useState, type ReactNode } from 'react';
import { late } from '@/ui/late';
import type { Model, ThemeFocus } from '@/domain/api';
import { emptyDraft } from '@/domain/draft/draft';
import { factorsOf, type PhotoSet } from '@/domain/draft/photo-set';
import { ImageSettings, VideoSettings, type SettingField } from '@/domain/settings/generator-settings';
import { Setting } from '@/domain/settings/setting';
import { Button } from '@/ui/button';
import { CheckRow, Label, Slider } from '@/ui/controls';
import { areaClass } from '@/ui/input';
import { Chips } from '@/ui/radio-group';
import { branchesOf, draftOf } from '../graph/branches';
import { canFollow, configure, connect, edgeId, parentsOf, pauseAfter, refusal, remove, type Graph, type GraphNode } from '../graph/graph';
import type { GraphProblem, ProblemField } from '../graph/problems';
import { lineOf } from './describe';
import { kindLooks } from './kinds';
import { UploadSettings } from './upload-settings';
import type { Change } from './use-workflow';

const PhotoSetDialog = late(() => import('@/domain/photo-set/photo-set-dialog'), 'PhotoSetDialog');

interface NodeSettingsProps {
  graph: Graph;
  node: GraphNode;
  models: readonly Model[];
  problems: readonly GraphProblem[];
  stale: string | undefined;
  change: Change;
  /** What running the branches through this node costs, and what of it is there already; null where they cannot run. A stale price is that of before an edit: nobody starts for it. */
  runFrom: { price: string; reused: string; stale: boolean; run: () => void } | null;
  onRemove: () => void;
}

const themes: { value: ThemeFocus | 'none'; label: string }[] = [
  { value: 'none', label: 'Anything' },
  { value: 'outfits', label: 'Outfits' },
  { value: 'poses', label: 'Poses' },
  { value: 'expressions', label: 'Expressions' },
  { value: 'lighting', label: 'Lighting' },
];

/** All that can be said of one step. */
export const NodeSettings = memo(function NodeSettings({ graph, node, models, problems, stale, change, runFrom, onRemove }: NodeSettingsProps) {
  const here = problems.filter((problem) => problem.node === node.id);
  const at = (...fields: ProblemField[]) => here.filter((problem) => fields.includes(problem.field));
  // Its settings are images' or videos', never both.
  const atSetting = (field: SettingField) => at(field.replace(/^(image|video)-/, '') as ProblemField);
  const about = (what: string) => `${what} of ${node.id}`;
  return (
    <div className="flex flex-col gap-5">
      {stale !== undefined && <p className="rounded-m bg-warn-soft px-3 py-2 text-small text-warn">Out of date: {stale}. A run makes it anew; what did not change is taken again at no cost.</p>}
      {node.kind === 'upload_images' && (
        <Setting id="node-photos" faults={at('photos')}>
          <UploadSettings
            images={node.config.images}
            onAdd={(added) =>
              change((now) => {
                const before = now.nodes.find((one) => one.id === node.id);
                return before?.kind === 'upload_images' ? configure(now, node.id, 'upload_images', { images: [...before.config.images, ...added] }) : now;
              })
            }
            onRemove={(index) => change((now) => configure(now, node.id, 'upload_images', { images: node.config.images.filter((_, other) => other !== index) }))}
          />
        </Setting>
      )}
      {node.kind === 'enhance_prompts' && (
        <>
          <PromptText id="node-prompt" label="Idea" value={node.config.prompt} placeholder="Same subject in another light" faults={at('prompt')} onChange={(prompt) => change((now) => configure(now, node.id, 'enhance_prompts', { prompt }), about('prompt'))} />
          <Setting id="node-count" faults={at('count')}>
            <Label value={node.config.variations}>Variations of each prompt</Label>
            <Slider label="Variations of each prompt" value={node.config.variations} min={1} max={20} onChange={(variations) => change((now) => configure(now, node.id, 'enhance_prompts', { variations }), about('count'))} />
          </Setting>
          <Setting id="node-theme" faults={[]}>
            <Label>What they vary</Label>
            <Chips label="What they vary" value={node.config.themeFocus ?? 'none'} options={themes} onChange={(theme) => change((now) => configure(now, node.id, 'enhance_prompts', { themeFocus: theme === 'none' ? null : theme }))} />
          </Setting>
        </>
      )}
      {node.kind === 'generate_images' && (
        <>
          {given(graph, node) ? <p className="text-small text-ink-3">The prompts come from the step before.</p> : <PromptText id="node-prompt" label="Prompt" value={node.config.prompt} placeholder="Woman in a red dress, window light" faults={at('prompt')} onChange={(prompt) => change((now) => configure(now, node.id, 'generate_images', { prompt }), about('prompt'))} />}
          <SetSetting graph={graph} node={node} models={models} onSet={(set) => change((now) => configure(now, node.id, 'generate_images', { set }))} />
          <ImageSettings value={node.config} set={node.config.set} models={models} at={atSetting} onChange={(patch) => change((now) => configure(now, node.id, 'generate_images', patch), about(Object.keys(patch).join()))} />
        </>
      )}
      {node.kind === 'generate_videos' && (
        <>
          {given(graph, node) ? (
            <p className="text-small text-ink-3">The prompts come from the step before.</p>
          ) : (
            <PromptText
              id="node-prompt"
              label={moves(graph, node) ? 'How it moves' : 'Prompt'}
              value={node.config.prompt}
              placeholder={moves(graph, node) ? 'Empty: each follows the prompt of its image' : 'Slow push in, hair in the wind'}
              faults={at('prompt')}
              onChange={(prompt) => change((now) => configure(now, node.id, 'generate_videos', { prompt }), about('prompt'))}
            />
          )}
          <VideoSettings value={node.config} models={models} at={atSetting} onChange={(patch) => change((now) => configure(now, node.id, 'generate_videos', patch), about(Object.keys(patch).join()))} />
        </>
      )}
      {(node.kind === 'enhance_prompts' || node.kind === 'generate_images') && graph.run === 'checkpoint' && (
        <CheckRow label="Pause for review after this step" checked={node.pause} onChange={(pause) => change((now) => pauseAfter(now, node.id, pause))} />
      )}
      {node.kind !== 'upload_images' && <Sources graph={graph} node={node} models={models} faults={at('wire')} change={change} />}
      {node.kind === 'upload_images' && at('wire').map((fault) => <p key={fault.message} className="text-small text-danger">{fault.message}</p>)}
      <div className="flex flex-wrap gap-2 border-t border-line pt-4">
        {runFrom && (
          <Button disabled={runFrom.stale} aria-busy={runFrom.stale || undefined} onClick={runFrom.run}>
            <Play className="size-4" />
            Run from here
            <span className="text-ink-2">{runFrom.price}</span>
          </Button>
        )}
        {runFrom && <p className="basis-full text-small text-ink-3">{runFrom.reused}</p>}
        <Button look="ghostDanger" onClick={onRemove}>
          <Trash2 className="size-4" />
          Remove step
        </Button>
      </div>
    </div>
  );
});

const given = (graph: Graph, node: GraphNode) => parentsOf(graph, node.id).some((parent) => parent.kind === 'enhance_prompts') && !moves(graph, node);
const moves = (graph: Graph, node: GraphNode) => parentsOf(graph, node.id).some((parent) => parent.kind === 'generate_images');

/** Varies its photos along chosen lines, with the same dialog as the playground. */
function SetSetting({ graph, node, models, onSet }: { graph: Graph; node: GraphNode<'generate_images'>; models: readonly Model[]; onSet: (set: PhotoSet | null) => void }) {
  const [open, setOpen] = useState(false);
  const { set } = node.config;
  const branch = branchesOf(graph).find(({ images }) => images?.id === node.id);
  return (
    <div className="flex flex-wrap items-center gap-2 text-small text-ink-2">
      {set && <span className="min-w-0 flex-1">Photo set: {factorsOf(set)}</span>}
      <Button small look={set ? 'ghost' : 'normal'} onClick={() => setOpen(true)}>
        <Layers className="size-4" />
        {set ? 'Change it' : 'Create photo set'}
      </Button>
      {set && (
        <Button small look="ghost" onClick={() => onSet(null)}>
          Take it out
        </Button>
      )}
      {open && (
        <Suspense>
          <PhotoSetDialog draft={branch ? draftOf(graph, branch) : { ...emptyDraft, set }} models={models} onSet={onSet} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </div>
  );
}

interface PromptTextProps {
  id: string;
  label: string;
  value: string;
  placeholder: string;
  faults: readonly { message: string }[];
  onChange: (text: string) => void;
}

function PromptText({ id, label, value, placeholder, faults, onChange }: PromptTextProps): ReactNode {
  return (
    <Setting id={id} faults={faults}>
      <Label htmlFor={`${id}-text`}>{label}</Label>
      <textarea id={`${id}-text`} value={value} rows={3} placeholder={placeholder} aria-invalid={faults.length > 0 || undefined} onChange={(event) => onChange(event.target.value)} className={`${areaClass} max-h-60`} />
      <p className="text-small text-ink-3">Several prompts: a line with three dashes between them.</p>
    </Setting>
  );
}

/** What feeds a step, as boxes to tick: the same wires, without a pointer. */
function Sources({ graph, node, models, faults, change }: { graph: Graph; node: GraphNode; models: readonly Model[]; faults: readonly { message: string }[]; change: Change }) {
  const joined = new Set(graph.edges.filter((edge) => edge.to === node.id).map((edge) => edge.from));
  const candidates = graph.nodes.filter((other) => joined.has(other.id) || (canFollow(other.kind, node.kind) && refusal(graph, other.id, node.id) === null));
  return (
    <Setting id="node-wires" faults={faults}>
      <Label>Comes from</Label>
      {candidates.length === 0 && <p className="text-small text-ink-3">There is no step yet that could feed it.</p>}
      {candidates.map((other) => (
        <CheckRow
          key={other.id}
          label={`${kindLooks[other.kind].title}: ${lineOf(other, models)}`}
          checked={joined.has(other.id)}
          onChange={(on) => change((now) => (on ? connect(now, other.id, node.id) : remove(now, new Set(), new Set([edgeId({ from: other.id, to: node.id })]))))}
        />
      ))}
    </Setting>
  );
}
