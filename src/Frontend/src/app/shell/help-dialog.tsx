import { useNavigate } from '@tanstack/react-router';
import { Route } from 'lucide-react';
import { useState } from 'react';
import { paths } from '@/domain/paths';
import { beginTour } from '@/features/tour/tour-draft';
import { Button } from '@/ui/button';
import { Dialog } from '@/ui/dialog';
import { SearchField } from '@/ui/search-field';
import { findTopics } from './help-topics';

export function HelpDialog({ onClose }: { onClose: () => void }) {
  const [wanted, setWanted] = useState('');
  const found = findTopics(wanted);
  const navigate = useNavigate();
  const takeTour = () => {
    onClose();
    void navigate({ to: paths.playground }).then(beginTour);
  };
  return (
    <Dialog open onClose={onClose} title="Help">
      <SearchField label="Search the help" value={wanted} onChange={setWanted} />
      {wanted === '' && (
        <div className="mt-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-card border border-line bg-surface px-4 py-3">
          <p className="min-w-50 flex-1 text-ink-2">
            <b className="font-[550] text-ink">See it done.</b> Five steps from a sample photo to a first run; your draft waits meanwhile.
          </p>
          <Button onClick={takeTour}>
            <Route className="size-4" />
            Take the tour
          </Button>
        </div>
      )}
      <div aria-live="polite" className="sr-only">
        {wanted !== '' && `${found.length} found`}
      </div>
      {found.length === 0 ? (
        <p className="py-6 text-center text-ink-3">Nothing about “{wanted}”. Try another word, or the API reference below.</p>
      ) : (
        <div className="mt-3 flex flex-col">
          {found.map((topic) => (
            <section key={topic.title} className="border-line py-3 not-first:border-t">
              <h3 className="text-strong">{topic.title}</h3>
              <p className="mt-0.5 text-ink-2">{topic.text}</p>
            </section>
          ))}
        </div>
      )}
      <a href="/docs" target="_blank" rel="noreferrer" className="mt-2 inline-block text-label text-accent-ink underline underline-offset-3">
        API reference
      </a>
    </Dialog>
  );
}
