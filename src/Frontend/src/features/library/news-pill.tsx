import { ArrowUp } from 'lucide-react';
import { grouped } from '@/domain/count';
import { Button } from '@/ui/button';
import type { LibraryNews } from './use-library-news';

/** Says how many are new; nothing comes into the list, and nothing in it moves, until somebody asks for them. */
export function NewsPill({ news, onShow }: { news: LibraryNews; onShow: () => void }) {
  const { count, more } = news;
  return (
    // It takes no room, so that its coming moves nothing.
    <div role="status" className="sticky top-2 z-20 -mt-4 flex h-0 justify-center overflow-visible">
      {count > 0 && (
        <Button small look="primary" className="rounded-full shadow-3 animate-rise" onClick={onShow}>
          <ArrowUp className="size-4" />
          {grouped(count)}
          {more && '+'} new
        </Button>
      )}
    </div>
  );
}
