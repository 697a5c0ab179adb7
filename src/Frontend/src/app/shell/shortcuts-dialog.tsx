import { useState } from 'react';
import { Dialog } from '@/ui/dialog';
import { SearchField } from '@/ui/search-field';
import { Kbd } from '@/ui/tag';
import { findShortcuts } from './shortcuts';

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const [wanted, setWanted] = useState('');
  const groups = findShortcuts(wanted);
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <SearchField label="Search the shortcuts" value={wanted} onChange={setWanted} />
      {groups.length === 0 && <p className="py-6 text-center text-ink-3">No shortcut for “{wanted}”.</p>}
      <div className="mt-5 grid grid-cols-2 gap-x-10 gap-y-6 max-lg:grid-cols-1">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-2 text-label text-ink-3">{group.title}</h3>
            <dl className="flex flex-col gap-2">
              {group.keys.map(({ keys, does }) => (
                <div key={does} className="flex items-center gap-3">
                  <dt className="flex-1 text-ink-2">{does}</dt>
                  <dd className="flex gap-1">
                    {keys.map((key) => (
                      <Kbd key={key}>{key}</Kbd>
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </Dialog>
  );
}
