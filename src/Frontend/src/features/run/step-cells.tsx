import { ChevronRight, Image as ImageIcon, Video, WandSparkles } from 'lucide-react';
import type { StepType } from '@/domain/api';
import { stepFill } from '@/domain/costs/receipt';
import { grouped } from '@/domain/count';
import { about } from '@/domain/time';
import { Bar } from '@/ui/bar';
import { Equation } from '@/ui/equation';
import { stepNouns, type RunView, type StepView } from './run-view';

const icons: Record<StepType, React.ReactNode> = { prompt_enhance: <WandSparkles />, i2i: <ImageIcon />, i2v: <Video /> };
const hatches: Record<StepType, string> = { prompt_enhance: 'hatch-ink', i2i: 'hatch-accent', i2v: 'hatch-video' };
const tints: Record<StepType, 'text' | 'image' | 'video'> = { prompt_enhance: 'text', i2i: 'image', i2v: 'video' };

function noteOf({ total, failed, running, etaSec, step }: StepView): string {
  const words = [`of ${grouped(total)}`];
  if (failed > 0) words.push(`${grouped(failed)} failed`);
  if (running > 0) words.push(`${grouped(running)} being made`);
  if (step.status === 'running' && etaSec !== null) words.push(`${about(etaSec)} left`);
  if (step.status === 'cancelled') words.push('stopped');
  return words.join(' · ');
}

/** The run as the line it was set up with; each cell fills as its step goes on. */
export function StepCells({ view }: { view: RunView }) {
  return (
    <Equation
      label="Progress by step"
      terms={view.steps.map((stepView, index) => {
        const { step, total, done, failed, running } = stepView;
        const { step_type: type } = step;
        const share = (n: number) => (total === 0 ? 0 : n / total);
        const isNow = step.status === 'running' || step.status === 'review';
        return {
          key: String(step.id),
          sign: index > 0 && <ChevronRight className="size-3" strokeWidth={2.5} />,
          icon: icons[type],
          label: `${stepNouns[type].many}${step.status === 'running' ? ' · now' : step.status === 'review' ? ' · your review' : ''}`,
          value: grouped(done),
          note: noteOf(stepView),
          now: isNow ? tints[type] : undefined,
          bar: (
            <Bar
              label={`${stepNouns[type].many} made`}
              now={share(done) * 100}
              parts={[
                { share: share(done), fill: stepFill[type] },
                { share: share(running), fill: hatches[type] },
                { share: share(failed), fill: 'bg-danger-fill' },
              ]}
            />
          ),
        };
      })}
    />
  );
}
