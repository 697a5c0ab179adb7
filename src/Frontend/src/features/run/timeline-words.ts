import type { StepType, TimelineEntry } from '@/domain/api';
import { grouped } from '@/domain/count';

const makes: Record<StepType, string> = { prompt_enhance: 'Prompts', i2i: 'Images', i2v: 'Videos' };
const states: Record<string, string> = {
  pending: 'Waiting to start', running: 'Running', paused: 'Paused', completed: 'Done', failed: 'Failed', cancelled: 'Cancelled', review: 'Waiting for review', skipped: 'Left out',
};

export interface TimelineWords {
  text: string;
  detail: string | null;
  tone: 'idle' | 'live' | 'good' | 'warn' | 'bad';
}

/** One thing that happened, for a person. */
export function timelineWords(entry: TimelineEntry): TimelineWords {
  const step = entry.step_type ? makes[entry.step_type] : 'Step';
  switch (entry.what) {
    case 'created':
      return { text: 'Set up', detail: null, tone: 'idle' };
    case 'status':
      return { text: states[entry.status ?? ''] ?? entry.status ?? '', detail: null, tone: entry.status === 'completed' ? 'good' : entry.status === 'failed' ? 'bad' : entry.status === 'paused' ? 'warn' : entry.status === 'running' ? 'live' : 'idle' };
    case 'step_started':
      return { text: `${step} begun`, detail: null, tone: 'live' };
    case 'step_finished':
      return { text: `${step} ${entry.status === 'failed' ? 'failed' : entry.status === 'cancelled' ? 'cancelled' : 'ended'}`, detail: entry.message ?? null, tone: entry.status === 'failed' ? 'bad' : 'good' };
    case 'failures':
      return { text: `${step}: ${grouped(entry.items ?? 1)} failed`, detail: entry.message ?? null, tone: 'bad' };
  }
}
