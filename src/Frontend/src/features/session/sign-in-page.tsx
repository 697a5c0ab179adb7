import { ArrowRight, KeyRound } from 'lucide-react';
import { useState, type FormEvent } from 'react';
import { describeError, ProblemError } from '@/api/problem';
import type { Session } from '@/domain/api';
import { useOpenDemo, useSignIn } from '@/domain/session/session';
import { Button } from '@/ui/button';
import { inputClass } from '@/ui/input';
import { Logo } from '@/ui/logo';
import { TonedImage, type ToneName } from '@/ui/toned-image';
import { useTitle } from '@/ui/use-title';

const samples: { name: string; tone: ToneName }[] = [
  { name: 'astronaut', tone: 'plain' },
  { name: 'astronaut', tone: 'neon' },
  { name: 'coffee', tone: 'golden' },
  { name: 'rocket', tone: 'plain' },
  { name: 'rocket', tone: 'neon' },
  { name: 'coffee', tone: 'mono' },
];

function wordsFor(error: unknown): string {
  return error instanceof ProblemError && error.status === 401 ? 'This key is not known, or was revoked. Check that it was copied whole.' : describeError(error);
}

export function SignInPage({ session }: { session: Session }) {
  useTitle('Sign in');
  const [key, setKey] = useState('');
  const demo = useOpenDemo();
  const signIn = useSignIn();
  const error = signIn.error ?? demo.error;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (key.trim()) signIn.mutate(key.trim());
  };
  return (
    <main className="grid min-h-dvh grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)] max-lg:grid-cols-1">
      <div className="flex flex-col justify-center px-[max(24px,7vw)] py-12">
        <p className="mb-10 flex items-center gap-2.5 font-display text-[17px] font-[650] tracking-[-.015em]">
          <Logo className="h-6 w-8" />
          Pipeline
        </p>
        <h1 className="max-w-120 font-display text-display max-lg:text-[32px]/[38px]">From one photo to many images and videos</h1>
        <p className="mt-3 max-w-110 text-head font-[450] text-ink-2">Prompts, images and clips in one run. You see every count and the full price before anything is made.</p>
        <div className="mt-8 flex max-w-100 flex-col gap-5">
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
      </div>
      <div aria-hidden="true" className="sticky top-0 grid h-dvh grid-cols-2 grid-rows-3 gap-2 bg-well p-2 max-lg:hidden">
        {samples.map((sample, index) => (
          <div key={index} className="relative min-h-0 overflow-hidden rounded-m">
            <TonedImage src={`/static/samples/${sample.name}.jpg`} tone={sample.tone} />
          </div>
        ))}
      </div>
    </main>
  );
}
