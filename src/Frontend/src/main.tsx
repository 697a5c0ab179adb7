import { startTransition, StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from '@/app/app';
import { openClient } from '@/app/open-client';
import { watchTheme } from '@/domain/theme/theme';
import '@/app/app.css';

watchTheme();
const root = document.getElementById('root');
if (root) {
  const { client, ready } = openClient();
  // In slices: what the page shows by then can be scrolled meanwhile.
  void ready.then(() =>
    startTransition(() =>
      createRoot(root).render(
        <StrictMode>
          <App client={client} />
        </StrictMode>,
      ),
    ),
  );
}
