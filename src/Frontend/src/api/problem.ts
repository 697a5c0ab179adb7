import type { components } from './schema';

type Sent = components['schemas']['Problem'];

/** A problem document as the API sends it, or one made of an answer that came from elsewhere and has no trace. */
export type Problem = Omit<Sent, 'trace_id'> & Partial<Pick<Sent, 'trace_id'>>;

export class ProblemError extends Error {
  readonly problem: Problem;
  /** Seconds the server asked to wait, when it did. */
  readonly retryAfter: number | null;

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail ?? problem.title);
    this.name = 'ProblemError';
    this.problem = problem;
    this.retryAfter = retryAfter;
  }

  get status(): number {
    return this.problem.status;
  }
}

/** The server could not be reached at all. */
export class OfflineError extends Error {
  constructor() {
    super('The server cannot be reached. Check the connection; nothing was lost.');
    this.name = 'OfflineError';
  }
}

const fallbackTitles: Record<number, string> = {
  401: 'You are signed out.',
  404: 'This does not exist, or no longer.',
  409: 'Not possible in this state.',
  412: 'It changed meanwhile.',
  413: 'This is too large.',
  429: 'Too many requests. Try again in a moment.',
  502: 'A part of the service is not answering.',
  503: 'A part of the service is starting or not answering.',
};

/** Reads whatever came with a failed answer; a proxy's HTML page must not reach a person. */
export function toProblem(status: number, body: unknown): Problem {
  const title = fallbackTitles[status] ?? (status >= 500 ? 'Something went wrong on the server.' : 'The request was refused.');
  if (typeof body !== 'object' || body === null) return { type: 'about:blank', title, status };
  const given = body as Partial<Problem>;
  return {
    ...given,
    type: typeof given.type === 'string' ? given.type : 'about:blank',
    title: typeof given.title === 'string' && given.title ? given.title : title,
    status,
  };
}

/** One sentence (or a few) for a person: the broken rules when there are any, else what the server said. */
export function describeError(error: unknown): string {
  if (error instanceof ProblemError) {
    const messages = Object.values(error.problem.errors ?? {}).flat();
    return messages.length > 0 ? messages.join(' ') : (error.problem.detail ?? error.problem.title);
  }
  return error instanceof Error ? error.message : 'Something went wrong.';
}
