import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { signedOut } from '@/api/client';
import { makeQueryClient } from '@/api/query-client';
import { Toaster } from '@/ui/toast';
import { router } from './router';

export function App() {
  const [client] = useState(() => {
    const made = makeQueryClient();
    // A session that ran out shows the sign-in page, wherever it was noticed.
    signedOut.addEventListener('signed-out', () => void made.invalidateQueries({ queryKey: ['session'] }));
    return made;
  });
  return (
    <QueryClientProvider client={client}>
      <RouterProvider router={router} />
      <Toaster />
    </QueryClientProvider>
  );
}
