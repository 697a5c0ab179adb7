import type { Session } from '@/domain/api';
import { Logo } from '@/ui/logo';
import { TonedImage, type ToneName } from '@/ui/toned-image';
import { useTitle } from '@/ui/use-title';
import { SignInForm } from './sign-in-form';

const samples: { name: string; tone: ToneName }[] = [
  { name: 'astronaut', tone: 'plain' },
  { name: 'astronaut', tone: 'neon' },
  { name: 'coffee', tone: 'golden' },
  { name: 'rocket', tone: 'plain' },
  { name: 'rocket', tone: 'neon' },
  { name: 'coffee', tone: 'mono' },
];

export function SignInPage({ session }: { session: Session }) {
  useTitle('Sign in');
  return (
    <main className="grid min-h-dvh grid-cols-[minmax(0,1fr)_minmax(0,1.1fr)] max-lg:grid-cols-1">
      <div className="flex flex-col justify-center px-[max(24px,7vw)] py-12">
        <p className="mb-10 flex items-center gap-2.5 font-display text-[17px] font-[650] tracking-[-.015em]">
          <Logo className="h-6 w-8" />
          Pipeline
        </p>
        <h1 className="max-w-120 font-display text-display max-lg:text-[32px]/[38px]">From one photo to many images and videos</h1>
        <p className="mt-3 max-w-110 text-head font-[450] text-ink-2">Prompts, images and clips in one run. You see every count and the full price before anything is made.</p>
        <div className="mt-8 max-w-100">
          <SignInForm session={session} />
        </div>
      </div>
      <div aria-hidden="true" className="sticky top-0 grid h-dvh grid-cols-2 grid-rows-3 gap-2 bg-well p-2 max-lg:hidden">
        {samples.map((sample, index) => (
          <div key={index} className="relative min-h-0 overflow-hidden rounded-m">
            <TonedImage src={`/static/samples/${sample.name}.webp`} tone={sample.tone} />
          </div>
        ))}
      </div>
    </main>
  );
}
