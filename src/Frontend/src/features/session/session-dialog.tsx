import { useState } from 'react';
import type { Session } from '@/domain/api';
import { Dialog } from '@/ui/dialog';
import { SignInForm } from './sign-in-form';

/** Over the page that was open when the session ran out. It goes when somebody is signed in again. */
export function SessionDialog({ session }: { session: Session }) {
  // Sent away, it comes back: without a session nothing on the page works.
  const [round, setRound] = useState(0);
  return (
    <Dialog key={round} open onClose={() => setRound(round + 1)} title="Sign in again" className="w-[min(460px,calc(100vw-32px))]">
      <p className="mb-5 text-ink-2">Your session has ended. Sign in to go on where you were: your draft is kept, and runs go on by themselves.</p>
      <SignInForm session={session} />
    </Dialog>
  );
}
