import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Columns2, FolderInput, History, Star, Trash2, Workflow, X } from 'lucide-react';
import { useState } from 'react';
import { describeError, ProblemError } from '@/api/problem';
import { assetQuery } from '@/domain/assets/assets';
import { collectionsQuery, lineageQuery } from '@/domain/assets/library';
import { useMarkAssets, useTrashAssets, type Marking } from '@/domain/assets/marks';
import { InTrash } from '@/domain/assets/in-trash';
import type { Asset, Lineage } from '@/domain/api';
import { draftStore, toDraftImage } from '@/domain/draft/draft-store';
import { draftFromOutput, runOf } from '@/domain/draft/from-output';
import { paths } from '@/domain/paths';
import { pipelineQuery } from '@/domain/pipelines/queries';
import { Button } from '@/ui/button';
import { Notice, Skeleton } from '@/ui/states';
import { Tag } from '@/ui/tag';
import { toast } from '@/ui/toast';
import { useHotkey } from '@/ui/use-hotkey';
import { LineageChain } from './lineage-chain';
import { CollectionButton, TagButton } from './mark-buttons';
import { Stars } from './stars';

interface AssetDetailProps {
  id: number;
  /** As the list has it, until all is known. */
  record: Asset | undefined;
  onOpen: (assetId: number) => void;
  /** Against the picture it was made from. */
  onCompare: (otherId: number) => void;
  /** Shows all that was made of it. */
  onMade: (assetId: number) => void;
}

/** Beside one asset: its marks, where it comes from, and what can be done with it. */
export function AssetDetail({ id, record, onOpen, onCompare, onMade }: AssetDetailProps) {
  const lineage = useQuery(lineageQuery(id));
  const described = useQuery({ ...assetQuery(record ? null : id), staleTime: 0 });
  const asset = record ?? described.data;
  const { mutate } = useMarkAssets();
  const mark = (marks: Marking) => mutate({ ids: [id], marks });
  const trash = useTrashAssets();
  // Somebody else may have deleted it since the list was read.
  const inTrash = Boolean(asset?.deleted_at) || lineage.data?.chain.at(-1)?.state === 'trashed';
  const remove = () => trash.mutate([id]);
  const keys = { inDialog: true, enabled: asset !== undefined && !inTrash };
  useHotkey('.', () => mark({ star: !asset?.starred }), keys);
  useHotkey('Delete', remove, keys);

  const gone = (lineage.error instanceof ProblemError && lineage.error.status === 404) || (described.error instanceof ProblemError && described.error.status === 404);
  if (gone) {
    return (
      <Notice tone="warn" title="Not there any more">
        It was removed for good while it was open.
      </Notice>
    );
  }
  return (
    <>
      {asset && (
        <div className="flex flex-col gap-2">
          {inTrash ? (
            <InTrash id={id} />
          ) : (
            <>
              <div className="flex items-center gap-1">
                <Button small look="ghost" aria-pressed={asset.starred} onClick={() => mark({ star: !asset.starred })}>
                  <Star className={asset.starred ? 'size-4 fill-current text-warn' : 'size-4'} />
                  {asset.starred ? 'Starred' : 'Star'}
                </Button>
                <Rate value={asset.rating ?? null} onChange={(rating) => mark({ rating })} />
              </div>
              <Labels asset={asset} onMark={mark} />
            </>
          )}
        </div>
      )}
      {lineage.data ? (
        <LineageChain lineage={lineage.data} onOpen={onOpen} onMade={() => onMade(id)} />
      ) : lineage.isError ? (
        <Notice title="How it was made could not be read" action={<Button small onClick={() => void lineage.refetch()}>Try again</Button>}>
          {describeError(lineage.error)}
        </Notice>
      ) : (
        <div role="status" aria-label="Loading how it was made" className="flex flex-col gap-2">
          <Skeleton className="h-11" />
          <Skeleton className="h-11" />
        </div>
      )}
      {asset && !inTrash && <Actions asset={asset} lineage={lineage.data} onCompare={onCompare} onRemove={remove} removing={trash.isPending} />}
    </>
  );
}

function Rate({ value, onChange }: { value: number | null; onChange: (stars: number) => void }) {
  const key = { inDialog: true };
  useHotkey('1', () => onChange(1), key);
  useHotkey('2', () => onChange(2), key);
  useHotkey('3', () => onChange(3), key);
  useHotkey('4', () => onChange(4), key);
  useHotkey('5', () => onChange(5), key);
  useHotkey('0', () => onChange(0), key);
  return <Stars value={value} onChange={onChange} />;
}

/** Tags and collections it has, each to be taken off, and buttons for more. */
function Labels({ asset, onMark }: { asset: Asset; onMark: (marks: Marking) => void }) {
  const collections = useQuery(collectionsQuery).data;
  const named = asset.collections.map((id) => ({ id, name: collections?.find((one) => one.id === id)?.name })).filter((one) => one.name !== undefined);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {asset.tags.map((tag) => (
        <Off key={tag} label={tag} name={`Take the tag ${tag} off`} onPress={() => onMark({ remove_tags: [tag] })} />
      ))}
      {named.map(({ id, name }) => (
        <Off key={id} label={`In ${name ?? ''}`} name={`Take it out of ${name ?? ''}`} onPress={() => onMark({ remove_from: [id] })} />
      ))}
      <TagButton has={asset.tags} onMark={onMark} />
      <CollectionButton has={asset.collections} onMark={onMark} />
    </div>
  );
}

function Off({ label, name, onPress }: { label: string; name: string; onPress: () => void }) {
  return (
    <button type="button" aria-label={name} onClick={onPress} className="pointer-coarse:flex pointer-coarse:h-11 pointer-coarse:items-center">
      <Tag>
        {label}
        <X className="size-3" />
      </Tag>
    </button>
  );
}

interface ActionsProps {
  asset: Asset;
  lineage: Lineage | undefined;
  onCompare: (otherId: number) => void;
  onRemove: () => void;
  removing: boolean;
}

function Actions({ asset, lineage, onCompare, onRemove, removing }: ActionsProps) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const [recalling, setRecalling] = useState(false);
  const run = lineage ? runOf(lineage) : null;
  const from = lineage?.chain.at(-1)?.from_asset_id ?? null;
  const comparable = asset.type === 'image' && from !== null && lineage?.chain.some((node) => node.asset_id === from && node.state !== 'removed');
  const to = (title: string, detail?: string) => {
    const before = draftStore.get();
    return (change: () => void) => {
      change();
      toast.good(title, { ...(detail && { detail }), action: { label: 'Undo', run: () => draftStore.set(() => before) } });
      void navigate({ to: paths.playground });
    };
  };
  const recall = async () => {
    if (!lineage || run === null) return;
    setRecalling(true);
    try {
      const pipeline = await client.fetchQuery(pipelineQuery(run));
      const { draft, missing } = draftFromOutput(lineage, pipeline);
      const seeded = draft.image.seed ?? draft.video.seed;
      to('Everything of it is on the Playground again', missing[0] ?? (seeded === null ? undefined : 'With its seed; without one it makes another.'))(() => draftStore.set(() => draft));
    } catch (error) {
      toast.bad('It could not be recalled', describeError(error));
    } finally {
      setRecalling(false);
    }
  };
  return (
    <div className="flex flex-col gap-2">
      {run !== null && (
        <Button busy={recalling} onClick={() => void recall()}>
          <History className="size-4" />
          Recall on the Playground
        </Button>
      )}
      {run !== null && (
        // Routes do not say what they read of an address.
        <Button onClick={() => void navigate({ to: paths.workflows, search: { output: asset.id } as never })}>
          <Workflow className="size-4" />
          Use as workflow
        </Button>
      )}
      {asset.type === 'image' && (
        <Button onClick={() => to('Added to the run on the Playground')(() => draftStore.set((draft) => ({ ...draft, images: [...draft.images, toDraftImage(asset)] })))}>
          <FolderInput className="size-4" />
          Use in a new run
        </Button>
      )}
      {comparable && (
        <Button onClick={() => onCompare(from)}>
          <Columns2 className="size-4" />
          Compare with its photo
        </Button>
      )}
      <Button look="ghostDanger" busy={removing} onClick={onRemove}>
        <Trash2 className="size-4" />
        Delete
      </Button>
    </div>
  );
}
