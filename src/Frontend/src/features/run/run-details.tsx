import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { api } from '@/api/client';
import { describeError } from '@/api/problem';
import type { Pipeline, PipelineRequest, StepConfig } from '@/domain/api';
import { count } from '@/domain/count';
import { formatMoney } from '@/domain/costs/format-money';
import { pipelineKeys } from '@/domain/pipelines/queries';
import { timelineQuery } from '@/domain/pipelines/history';
import { span } from '@/domain/time';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { Segmented } from '@/ui/radio-group';
import { LoadError, Skeleton } from '@/ui/states';
import { Dot } from '@/ui/tag';
import { toast } from '@/ui/toast';
import { stepNouns } from './run-view';
import { timelineWords } from './timeline-words';

/** What happened in a run, and with which settings it was made. */
export function RunDetails({ pipeline, onClose }: { pipeline: Pipeline; onClose: () => void }) {
  const [part, setPart] = useState<'timeline' | 'settings'>('timeline');
  return (
    <Dialog open onClose={onClose} title="Details of this run">
      <Segmented label="Show" value={part} options={[{ value: 'timeline', label: 'What happened' }, { value: 'settings', label: 'Settings used' }]} onChange={setPart} className="mb-4" />
      {part === 'timeline' ? <Timeline pipeline={pipeline} /> : <Settings pipeline={pipeline} />}
    </Dialog>
  );
}

function Timeline({ pipeline }: { pipeline: Pipeline }) {
  const timeline = useQuery(timelineQuery(pipeline.id));
  if (timeline.isPending) return <Skeleton className="h-60" />;
  if (timeline.isError) return <LoadError title="This did not load" message={describeError(timeline.error)} onRetry={() => void timeline.refetch()} />;
  const start = pipeline.started_at ?? pipeline.created_at;
  return (
    <ol aria-label="What happened" className="flex flex-col">
      {timeline.data.map((entry, index) => {
        const { text, detail, tone } = timelineWords(entry);
        return (
          <li key={index} className="relative flex gap-3 pb-3.5 before:absolute before:top-4 before:bottom-0 before:left-[3px] before:w-px before:bg-line-2 last:pb-0 last:before:hidden">
            <span className="pt-1.75">
              <Dot tone={tone} />
            </span>
            <span className="min-w-0 flex-1">
              <span className="text-body">{text}</span>
              {detail && <span className="block text-small break-words text-ink-2">{detail}</span>}
            </span>
            <time dateTime={entry.at} title={new Date(entry.at).toLocaleString('en-GB')} className="text-right text-small whitespace-nowrap text-ink-3 tabular-nums">
              {new Date(entry.at).toLocaleTimeString('en-GB')}
              {entry.at > start && <span className="block">after {span(start, entry.at)}</span>}
            </time>
          </li>
        );
      })}
    </ol>
  );
}

const hidden = new Set(['input_prompts', 'prompts', 'motion_prompts', 'skip']);
const words = (key: string) => key.replace(/_/g, ' ').replace(/^./, (letter) => letter.toUpperCase());
const valueOf = (value: unknown): string => (typeof value === 'object' && value !== null ? JSON.stringify(value) : typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value));

function Settings({ pipeline }: { pipeline: Pipeline }) {
  const definition = useQuery({ queryKey: [...pipelineKeys.one(pipeline.id), 'definition'], queryFn: ({ signal }) => api.get<PipelineRequest>(`/pipelines/${pipeline.id}/definition`, { signal }) });
  if (definition.isPending) return <Skeleton className="h-60" />;
  if (definition.isError) return <LoadError title="This did not load" message={describeError(definition.error)} onRetry={() => void definition.refetch()} />;
  const { inputs, steps, mode, budget_usd, tags } = definition.data;
  const copy = () => void navigator.clipboard.writeText(JSON.stringify(definition.data, null, 2)).then(() => toast.good('Copied'), () => toast.bad('It could not be copied'));
  return (
    <div className="flex flex-col gap-4">
      <Facts
        title="Run"
        facts={[
          ['Inputs', `${count(inputs.images.length, 'photo')}, ${count(inputs.prompts.length, 'prompt')}${inputs.combine === 'paired' ? ', one to one' : ''}`],
          ['Execution', { auto: 'All the way through', checkpoint: 'Stops at checkpoints', manual: 'Step by step' }[mode]],
          ['Estimate', formatMoney(pipeline.cost_estimate)],
          ...(budget_usd ? [['Spend at most', formatMoney(budget_usd)] as const] : []),
          ...(pipeline.simulate ? [['Made by', 'the demo renderer, by request'] as const] : []),
          ...(tags && tags.length > 0 ? [['Tags', tags.join(', ')] as const] : []),
        ]}
      />
      {steps.map((step) => (
        <Facts key={step.step_type} title={words(stepNouns[step.step_type].many)} facts={factsOf(step.config)} />
      ))}
      <Button small className="self-start" onClick={copy}>
        Copy as JSON
      </Button>
    </div>
  );
}

const factsOf = (config: StepConfig): (readonly [string, ReactNode])[] =>
  Object.entries(config)
    .filter(([key, value]) => !hidden.has(key) && value !== null && value !== undefined)
    .map(([key, value]) => [words(key), valueOf(value)] as const);

function Facts({ title, facts }: { title: string; facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <section>
      <h3 className="mb-1.5 text-label text-ink-2">{title}</h3>
      <dl className="grid grid-cols-[minmax(110px,auto)_1fr] gap-x-4 gap-y-1 text-small">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-3">{name}</dt>
            <dd className="break-words">{value}</dd>
          </div>
        ))}
        {facts.length === 0 && <dd className="col-span-2 text-ink-3">As the model does it by itself</dd>}
      </dl>
    </section>
  );
}
