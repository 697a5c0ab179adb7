import type { PipelineSummary } from '@/domain/api';

export interface StatusWords {
  text: string;
  tone: 'plain' | 'video' | 'warn' | 'bad' | 'good';
}

const pauses: Record<string, string> = {
  review: 'Waiting for your review',
  user: 'Paused',
  budget: 'Paused at the budget',
  provider: 'Paused, provider down',
  account: 'Paused, provider account',
};

/** The state of a run in words. */
export function statusWords({ status, status_reason, pause_requested }: Pick<PipelineSummary, 'status' | 'status_reason' | 'pause_requested'>): StatusWords {
  switch (status) {
    case 'pending':
      return { text: 'Not started', tone: 'plain' };
    case 'running':
      if (pause_requested) return { text: 'Pausing after this step', tone: 'warn' };
      return status_reason === 'provider' ? { text: 'Waiting for the provider', tone: 'warn' } : { text: 'Running', tone: 'video' };
    case 'paused':
      return { text: pauses[status_reason ?? 'user'] ?? 'Paused', tone: 'warn' };
    case 'completed':
      return { text: 'Done', tone: 'good' };
    case 'failed':
      return { text: 'Failed', tone: 'bad' };
    case 'cancelled':
      return { text: 'Cancelled', tone: 'plain' };
  }
}
