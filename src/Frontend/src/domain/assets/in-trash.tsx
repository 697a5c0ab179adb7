import { RotateCcw } from 'lucide-react';
import type { ReactNode } from 'react';
import { Button } from '@/ui/button';
import { Notice } from '@/ui/states';
import { useRestoreAssets } from './marks';
import { useFileState } from './still-there';

/** Says that it is in the trash, with the way back. */
export function InTrash({ id }: { id: number }) {
  const restore = useRestoreAssets();
  return (
    <Notice
      tone="warn"
      title="In the trash"
      action={
        <Button small busy={restore.isPending} onClick={() => restore.mutate([id])}>
          <RotateCcw className="size-4" />
          Restore
        </Button>
      }
    >
      It can still be seen, and comes back with everything it had.
    </Notice>
  );
}

/** What became of the file of an output that is looked at; what can be done with it while it is there. */
export function WhereItWent({ id, children }: { id: number; children: ReactNode }) {
  const state = useFileState(id);
  if (state === 'trashed') return <InTrash id={id} />;
  return state === 'removed' ? <Notice tone="warn" title="Not there any more">Its file was removed for good.</Notice> : children;
}
