import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { signedOut } from '@/api/client';
import { makeQueryClient } from '@/api/query-client';
import { followOtherTabs } from '@/domain/session/session';
import { Toaster } from '@/ui/toast';
import { router } from './router';

export function App() {
  const [client] = useState(() => {
    const made = makeQueryClient();
    // A session that ran out asks to sign in again, wherever it was noticed.
    signedOut.addEventListener('signed-out', () => void made.invalidateQueries({ queryKey: ['session'] }));
    followOtherTabs(made);
    return made;
  });
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  );
}
