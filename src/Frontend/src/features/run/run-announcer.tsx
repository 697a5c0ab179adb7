import { useEffect, useRef, useState } from 'react';
import type { Pipeline } from '@/domain/api';
import { count, grouped } from '@/domain/count';
import { statusWords } from '@/domain/pipelines/status';
import { about } from '@/domain/time';
import { stepNouns, type RunView } from './run-view';

/** Milliseconds between two announcements of progress: enough to follow, not so much that nothing else is heard. */
const quietMs = 12_000;

/** How far it is, for those who do not see the bars: every quarter of a step, and what changes in the state of the run. */
export function milestoneOf(pipeline: Pick<Pipeline, 'status' | 'status_reason' | 'pause_requested'>, view: RunView): { key: string; words: string; urgent: boolean } {
  const { current, done, total, failed } = view;
  const failures = failed > 0 ? `, ${grouped(failed)} failed` : '';
  if (pipeline.status !== 'running' || !current || current.total === 0) {
    const over = ['completed', 'failed', 'cancelled'].includes(pipeline.status);
    return { key: `${pipeline.status}:${pipeline.status_reason ?? ''}`, words: over ? `${statusWords(pipeline).text}: ${count(done, 'output')} of ${grouped(total)}${failures}` : statusWords(pipeline).text, urgent: true };
  }
  const { many } = stepNouns[current.step.step_type];
  const quarter = Math.floor((4 * current.done) / current.total);
  const left = view.etaSec === null ? '' : `, ${about(view.etaSec)} left`;
  return { key: `${current.step.id}:${quarter}:${failed > 0 ? 'failed' : ''}`, words: `${many}: ${grouped(current.done)} of ${grouped(current.total)}${failures}${left}`, urgent: quarter === 0 };
}

export function RunAnnouncer({ pipeline, view }: { pipeline: Pipeline; view: RunView }) {
  const milestone = milestoneOf(pipeline, view);
  const [said, setSaid] = useState('');
  const last = useRef({ key: milestone.key, at: 0 });
  const { key, words, urgent } = milestone;

  useEffect(() => {
    if (last.current.key === key) return;
    const wait = urgent ? 0 : Math.max(0, last.current.at + quietMs - Date.now());
    const timer = setTimeout(() => {
      last.current = { key, at: Date.now() };
      setSaid(words);
    }, wait);
    return () => clearTimeout(timer);
    // The words change with every output; they are said when the milestone does.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key, urgent]);

  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
