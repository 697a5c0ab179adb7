import { useQueryClient } from '@tanstack/react-query';
import { describeError } from '@/api/problem';
import { count } from '@/domain/count';
import { modelsQuery } from '@/domain/models/list-models';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/states';

interface NotesProps {
  /** Why the models did not load. */
  models: Error | null;
  /** Why there is no price. */
  price: Error | null;
  kept: boolean;
  /** What of an imported file could not be taken. */
  left: readonly string[];
  onExport: () => void;
  onForget: () => void;
}

const shown = 5;

/** What a person has to know that stands at no step. */
export function Notes({ models, price, kept, left, onExport, onForget }: NotesProps) {
  const client = useQueryClient();
  return (
    <>
      {models ? (
        <Notice title="The models did not load" action={<Button small onClick={() => void client.refetchQueries({ queryKey: modelsQuery.queryKey })}>Try again</Button>}>
          {describeError(models)}
        </Notice>
      ) : (
        price && <Notice title="The price is not known right now">{describeError(price)}</Notice>
      )}
      {!kept && (
        <Notice tone="warn" title="This draft is not saved" action={<Button small onClick={onExport}>Export it</Button>}>
          This browser keeps nothing more: its storage is full or closed. Delete other drafts, or export this one before you leave the page.
        </Notice>
      )}
      {left.length > 0 && (
        <Notice tone="warn" title={`${count(left.length, 'thing')} of the file could not be taken`} action={<Button small onClick={onForget}>Dismiss</Button>}>
          <ul>
            {left.slice(0, shown).map((line) => (
              <li key={line}>{line}</li>
            ))}
          </ul>
          {left.length > shown && `And ${left.length - shown} more. `}
          The rest is here.
        </Notice>
      )}
    </>
  );
}
