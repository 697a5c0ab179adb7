import { ChevronDown, ImageOff, MessageSquareText, Sparkles, Trash2 } from 'lucide-react';
import { useState } from 'react';
import type { Lineage, LineageNode } from '@/domain/api';
import { formatUnitPrice } from '@/domain/costs/format-money';
import { grouped } from '@/domain/count';
import { providerName } from '@/domain/outputs/origin';
import { span, stamp } from '@/domain/time';
import { cn } from '@/ui/cn';

const kinds: Record<LineageNode['kind'], string> = { source: 'Photo', prompt: 'Prompt', enhanced_prompt: 'Enhanced prompt', image: 'Image', video: 'Video' };

interface LineageProps {
  lineage: Lineage;
  onOpen: (assetId: number) => void;
  /** Shows all that was made of it. */
  onMade: () => void;
}

/** How an asset was made: photo, words, image, video, each with what it cost and, opened, all that was asked for it. */
export function LineageChain({ lineage, onOpen, onMade }: LineageProps) {
  const { chain, made, made_total: total, cost } = lineage;
  return (
    <section aria-label="How it was made" className="flex flex-col gap-2">
      <div className="flex items-baseline justify-between">
        <h3 className="text-small text-ink-3">How it was made</h3>
        <span className="text-small text-ink-2 tabular-nums">{cost > 0 ? `${formatUnitPrice(cost)} in all` : 'free'}</span>
      </div>
      <ol className="flex flex-col">
        {chain.map((node, at) => (
          <ChainNode key={`${node.kind}-${node.asset_id ?? node.output_id ?? at}`} node={node} self={at === chain.length - 1} last={at === chain.length - 1} onOpen={onOpen} />
        ))}
      </ol>
      {made.length > 0 && (
        <>
          <h3 className="mt-2 text-small text-ink-3">Made from it</h3>
          <ul className="flex flex-wrap gap-1.5">
            {made.map((node) => (
              <li key={node.output_id}>
                <Thumb node={node} onOpen={onOpen} />
              </li>
            ))}
          </ul>
          <button type="button" onClick={onMade} className="inline-flex items-center gap-1 self-start text-small text-ink-2 underline decoration-line-2 underline-offset-3 hover:text-ink max-lg:h-11">
            {total > made.length ? `and ${grouped(total - made.length)} more` : 'Show in the library'}
          </button>
        </>
      )}
    </section>
  );
}

function ChainNode({ node, self, last, onOpen }: { node: LineageNode; self: boolean; last: boolean; onOpen: (assetId: number) => void }) {
  const [open, setOpen] = useState(false);
  const facts = factsOf(node);
  const title = self ? (node.kind === 'source' ? 'This photo' : `This ${node.kind}`) : node.kind === 'source' ? (node.name ?? 'Photo') : kinds[node.kind];
  const state = node.state === 'trashed' ? 'In the trash' : node.state === 'removed' ? 'Not there any more' : null;
  return (
    <li className={cn('relative flex gap-3 pb-3', !last && 'before:absolute before:top-12 before:bottom-0 before:left-5.5 before:w-0.5 before:bg-line-2')}>
      <Thumb node={node} onOpen={self ? null : onOpen} />
      <div className="min-w-0 flex-1">
        <div className="flex items-baseline gap-2">
          <b className={cn('min-w-0 truncate text-strong', self && node.kind === 'video' && 'text-video-ink', self && node.kind === 'image' && 'text-accent-ink')}>{title}</b>
          <span className="ml-auto shrink-0 text-small tabular-nums">{node.kind === 'prompt' || node.kind === 'source' ? 'free' : node.reused ? '$0, from before' : formatUnitPrice(node.cost)}</span>
        </div>
        {node.text && <p className="line-clamp-3 text-small break-words text-ink-2">{node.text}</p>}
        {state && <p className="text-small text-warn">{state}</p>}
        {!node.text && <p className="truncate text-small text-ink-3">{lineOf(node)}</p>}
        {facts.length > 0 && (
          <>
            <button type="button" aria-expanded={open} onClick={() => setOpen(!open)} className="inline-flex items-center gap-1 text-small text-ink-2 hover:text-ink max-lg:h-11">
              Details
              <ChevronDown className={cn('size-3.5 transition-transform', open && 'rotate-180')} />
            </button>
            {open && (
              <dl className="mt-1 grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-small">
                {facts.map(([name, value]) => (
                  <div key={name} className="contents">
                    <dt className="text-ink-3">{name}</dt>
                    <dd className="text-right break-words">{value}</dd>
                  </div>
                ))}
              </dl>
            )}
          </>
        )}
      </div>
    </li>
  );
}

function Thumb({ node, onOpen }: { node: LineageNode; onOpen: ((assetId: number) => void) | null }) {
  const box = 'grid size-11 shrink-0 place-items-center overflow-hidden rounded-m bg-raised text-ink-2';
  const id = node.asset_id;
  const Icon = node.kind === 'enhanced_prompt' ? Sparkles : node.kind === 'prompt' ? MessageSquareText : node.state === 'trashed' ? Trash2 : ImageOff;
  const inside = node.thumbnail_url ? <img src={`${node.thumbnail_url}?w=128`} alt="" className={cn('size-full object-cover', node.state === 'trashed' && 'opacity-50 grayscale')} /> : <Icon className="size-4.5" aria-hidden="true" />;
  if (id === null || !onOpen || node.state === 'removed') return <span className={box}>{inside}</span>;
  return (
    <button type="button" aria-label={`Open ${node.name ?? kinds[node.kind].toLowerCase()}`} onClick={() => onOpen(id)} className={box}>
      {inside}
    </button>
  );
}

function lineOf(node: LineageNode): string {
  const { making } = node;
  const took = making?.started_at && making.finished_at ? span(making.started_at, making.finished_at) : null;
  if (node.kind === 'source') return node.created_at ? `Added ${stamp(Date.parse(node.created_at))}` : '';
  return [node.model, node.simulated ? 'demo renderer' : node.provider && providerName(node.provider), took].filter(Boolean).join(' · ');
}

/** Everything that was asked, who did it and how often it was tried. */
export function factsOf(node: LineageNode): [string, string][] {
  const { parameters: asked, making } = node;
  const facts: [string, string | null | undefined | false][] = [
    ['Prompt', node.kind === 'enhanced_prompt' ? null : node.prompt],
    ['Model', node.kind === 'source' || node.kind === 'prompt' ? null : node.model],
    ['Made by', node.simulated ? 'Demo renderer' : node.provider && (node.instead_of ? `${providerName(node.provider)}, stood in for ${providerName(node.instead_of)}` : providerName(node.provider))],
    ['Ratio', asked?.aspect_ratio],
    ['Resolution', asked?.resolution],
    ['Quality', asked?.quality],
    ['Length', asked?.duration_sec ? `${asked.duration_sec} s` : null],
    ['Sound', asked?.audio ? 'with sound' : null],
    ['Not wanted', asked?.negative_prompt],
    ...Object.entries(node.variation ?? {}).map(([kind, value]): [string, string] => [kind.charAt(0).toUpperCase() + kind.slice(1), value.replaceAll('_', ' ')]),
    ['Seed', making && node.seed !== null && node.seed !== undefined ? String(node.seed) : null],
    ['Run', node.kind === 'prompt' || node.kind === 'source' ? null : node.pipeline_name],
    ['Tried', making && making.attempts > 1 ? `${making.attempts} times` : null],
    ...(making?.earlier ?? []).map((terms): [string, string] => [
      terms.until_attempt === 1 ? 'First try' : `Until try ${terms.until_attempt}`,
      [terms.model, terms.provider && providerName(terms.provider), `seed ${terms.seed}`, terms.quoted_cost > 0 && formatUnitPrice(terms.quoted_cost)].filter(Boolean).join(' · '),
    ]),
    ['Lost workers', making && making.crashes > 0 ? String(making.crashes) : null],
    ['Waited', making?.started_at ? span(making.queued_at, making.started_at) : null],
    ['Quoted', making && making.quoted_cost !== node.cost ? formatUnitPrice(making.quoted_cost) : null],
    ['Reference', making?.provider_request_id],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
}
