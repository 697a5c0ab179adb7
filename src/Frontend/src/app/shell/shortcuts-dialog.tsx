import { Dialog } from '@/ui/dialog';
import { Kbd } from '@/ui/tag';

const groups: { title: string; keys: [keys: string[], does: string][] }[] = [
  { title: 'Everywhere', keys: [[['?'], 'Show this list'], [['Esc'], 'Close what is open']] },
  { title: 'Playground', keys: [[['Ctrl', 'Enter'], 'Generate'], [['Ctrl', 'E'], 'Enhance the prompt'], [['Ctrl', 'V'], 'Add the copied picture or link']] },
  { title: 'Pictures', keys: [[['←', '→'], 'Previous, next'], [['Space'], 'Play or pause'], [['D'], 'Download'], [['Enter'], 'Open the focused one']] },
  { title: 'Review', keys: [[['P'], 'Pick'], [['X'], 'Leave out']] },
];

export function ShortcutsDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog open={open} onClose={onClose} title="Keyboard shortcuts">
      <div className="grid grid-cols-2 gap-x-10 gap-y-6 max-lg:grid-cols-1">
        {groups.map((group) => (
          <section key={group.title}>
            <h3 className="mb-2 text-label text-ink-3">{group.title}</h3>
            <dl className="flex flex-col gap-2">
              {group.keys.map(([keys, does]) => (
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
