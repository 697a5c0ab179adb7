import { useQuery } from '@tanstack/react-query';
import { Check, Folder, Tags } from 'lucide-react';
import { useState } from 'react';
import { describeError } from '@/api/problem';
import { collectionsQuery, facetsQuery } from '@/domain/assets/library';
import { useCollectionChanges, type Marking } from '@/domain/assets/marks';
import { Button } from '@/ui/button';
import { Popover, popoverItemClass } from '@/ui/popover';
import { toast } from '@/ui/toast';
import { NameForm } from './name-form';

interface MarkButtonProps {
  /** What all of them have already. */
  has: readonly (string | number)[];
  onMark: (marks: Marking) => void;
}

const everything = {};

/** Puts a tag on, or takes it off; those in use are one press away. */
export function TagButton({ has, onMark }: MarkButtonProps) {
  const used = useQuery(facetsQuery(everything)).data?.tags ?? [];
  const [open, setOpen] = useState(false);
  const names = [...new Set([...has.map(String), ...used.map(({ value }) => value)])];
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Tags"
      className="flex max-h-80 w-64 flex-col gap-1 p-2"
      side="top"
      trigger={
        <Button small look="ghost">
          <Tags className="size-4" />
          Tag
        </Button>
      }
    >
      <NameForm
        label="New tag"
        busy={false}
        onCancel={() => setOpen(false)}
        onName={(tag) => {
          onMark({ add_tags: [tag] });
          setOpen(false);
        }}
      />
      <div className="min-h-0 overflow-y-auto">
        {names.map((tag) => (
          <Tick key={tag} label={tag} on={has.includes(tag)} onPress={(on) => onMark(on ? { add_tags: [tag] } : { remove_tags: [tag] })} />
        ))}
      </div>
    </Popover>
  );
}

/** Puts into a collection, or takes out of it; a new one is made on the way. */
export function CollectionButton({ has, onMark }: MarkButtonProps) {
  const collections = useQuery(collectionsQuery).data ?? [];
  const { create } = useCollectionChanges();
  const [open, setOpen] = useState(false);
  return (
    <Popover
      open={open}
      onOpenChange={setOpen}
      label="Collections"
      className="flex max-h-80 w-64 flex-col gap-1 p-2"
      side="top"
      trigger={
        <Button small look="ghost">
          <Folder className="size-4" />
          Collect
        </Button>
      }
    >
      <NameForm
        label="New collection"
        busy={create.isPending}
        onCancel={() => setOpen(false)}
        onName={(name) =>
          create.mutate(name, {
            onSuccess: ({ id }) => {
              onMark({ add_to: [id] });
              setOpen(false);
            },
            onError: (error) => toast.bad('It was not made', describeError(error)),
          })
        }
      />
      <div className="min-h-0 overflow-y-auto">
        {collections.map(({ id, name }) => (
          <Tick key={id} label={name} on={has.includes(id)} onPress={(on) => onMark(on ? { add_to: [id] } : { remove_from: [id] })} />
        ))}
      </div>
    </Popover>
  );
}

function Tick({ label, on, onPress }: { label: string; on: boolean; onPress: (on: boolean) => void }) {
  return (
    <button type="button" role="checkbox" aria-checked={on} onClick={() => onPress(!on)} className={popoverItemClass}>
      <span className="truncate">{label}</span>
      {on && <Check className="ml-auto size-4 shrink-0 text-accent-ink" />}
    </button>
  );
}
