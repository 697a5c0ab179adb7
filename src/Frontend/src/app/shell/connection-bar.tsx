import { useQueryClient } from '@tanstack/react-query';
import { CloudOff } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { api } from '@/api/client';
import { useConnection } from '@/api/connection';

const askEveryMs = 4_000;

const words = {
  offline: 'You are offline. What you entered is kept, and runs go on without this page.',
  unreachable: 'The server is not answering. What you entered is kept; this page keeps trying.',
};

/** There while the server cannot be reached, and gone by itself; what was missed meanwhile is loaded then. */
export function ConnectionBar() {
  const connection = useConnection();
  const client = useQueryClient();
  const before = useRef(connection);

  useEffect(() => {
    if (before.current !== 'online' && connection === 'online') void client.invalidateQueries();
    before.current = connection;
    if (connection !== 'unreachable') return;
    const timer = setInterval(() => void api.get('/session').catch(() => undefined), askEveryMs);
    return () => clearInterval(timer);
  }, [connection, client]);

  return (
    <div role="status">
      {connection !== 'online' && (
        <p className="flex items-center gap-2.5 border-t border-warn-line bg-warn-soft px-5 py-2.5 text-small text-ink max-lg:px-4">
          <CloudOff className="size-4 shrink-0 text-warn" />
          {words[connection]}
        </p>
      )}
    </div>
  );
}
