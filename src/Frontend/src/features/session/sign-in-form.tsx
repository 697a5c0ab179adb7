import { ArrowRight, KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { describeError, ProblemError } from '@/api/problem';
import type { Session } from '@/domain/api';
import { useOpenDemo, useSignIn } from '@/domain/session/session';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';

function wordsFor(error: unknown): string {
  return error instanceof ProblemError && error.status === 401 ? 'This key is not known, or was revoked. Check that it was copied whole.' : describeError(error);
}

/** The ways in: the demo where there is one, and a key. */
export function SignInForm({ session }: { session: Pick<Session, 'demo_available'> }) {
  const [key, setKey] = useState('');
  const demo = useOpenDemo();
  const signIn = useSignIn();
  const error = signIn.error ?? demo.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) signIn.mutate(key.trim());
  };
  return (
    <div className="flex flex-col gap-5">
      {session.demo_available && (
        <Button look="primary" className="h-12 w-full" busy={demo.isPending} onClick={() => demo.mutate()}>
          Open the demo workspace
          <ArrowRight className="size-4.5" />
        </Button>
      )}
      <form onSubmit={submit} className="flex flex-col gap-2">
        <label htmlFor="api-key" className="text-label text-ink-2">
          {session.demo_available ? 'Or sign in with an API key' : 'Sign in with an API key'}
        </label>
        <div className="flex gap-2">
          <input id="api-key" type="password" autoComplete="off" spellCheck={false} value={key} onChange={(event) => setKey(event.target.value)} placeholder="Paste a key" className={inputClass} aria-describedby={error ? 'sign-in-error' : undefined} />
          <Button type="submit" busy={signIn.isPending} className="max-lg:h-11" look={session.demo_available ? 'normal' : 'primary'}>
            <KeyRound className="size-4" />
            Sign in
          </Button>
        </div>
        <p id="sign-in-error" role="alert" className="min-h-5 text-small text-danger">
          {error ? wordsFor(error) : ''}
        </p>
      </form>
    </div>
  );
}
