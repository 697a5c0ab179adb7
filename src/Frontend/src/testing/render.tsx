import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from '@tanstack/react-router';
import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { Toaster } from '@/ui/toast';

/** Renders a page with what the app puts around it. Every other address shows its own path, so that a test sees where it was sent. */
export async function renderPage(page: ReactNode, path = '/') {
  const root = createRootRoute({ notFoundComponent: () => <p>at {router.state.location.pathname}</p> });
  const router = createRouter({ routeTree: root.addChildren([createRoute({ getParentRoute: () => root, path, component: () => page })]), history: createMemoryHistory({ initialEntries: [path] }) });
  await router.load();
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(
    <QueryClientProvider client={client}>
      {/* The app's own router type is registered; this one is a stand-in. */}
      <RouterProvider router={router as never} />
      <Toaster />
    </QueryClientProvider>,
  );
}
