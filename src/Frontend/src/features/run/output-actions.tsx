import { useNavigate } from '@tanstack/react-router';
import { Download, RefreshCw, Video } from 'lucide-react';
import { describeError } from '@/api/problem';
import { downloadFile } from '@/domain/assets/download';
import { draftStore } from '@/domain/draft/draft-store';
import type { GalleryItem } from '@/domain/outputs/gallery-item';
import { paths } from '@/domain/paths';
import { useRerunItem } from '@/domain/pipelines/control-pipeline';
import { Button, MediaButton } from '@/ui/button';
import { toast } from '@/ui/toast';

/** What can be done with one output, as small buttons on its picture or as rows beside it. */
export function useOutputActions(pipelineId: number) {
  const navigate = useNavigate();
  const rerun = useRerunItem(pipelineId);

  const animate = (item: GalleryItem) => {
    if (item.assetId === null) return;
    const before = draftStore.get();
    draftStore.set((draft) => ({
      ...draft,
      mode: 'i2v',
      images: [{ assetId: item.assetId ?? 0, name: item.name, url: item.url, thumbnailUrl: item.thumbnailUrl }],
      variations: null,
      enhanceInRun: false,
      prompt: draft.mode === 'i2v' && draft.prompt ? draft.prompt : (item.prompt ?? ''),
    }));
    toast.good('Ready to animate', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
    void navigate({ to: paths.playground });
  };
  const another = (item: GalleryItem) => {
    if (item.stepId === null || item.itemId === null) return;
    rerun.mutate(
      { stepId: item.stepId, itemId: item.itemId },
      { onSuccess: () => toast.good(`One more ${item.kind} like this is being made`), onError: (error) => toast.bad('It was not started', describeError(error)) },
    );
  };

  const onTile = (item: GalleryItem) => (
    <>
      {item.kind === 'image' && item.assetId !== null && (
        <MediaButton label="Animate this" onClick={() => animate(item)}>
          <Video className="size-3.75" />
        </MediaButton>
      )}
      {item.itemId !== null && (
        <MediaButton label="Make one more like this" onClick={() => another(item)}>
          <RefreshCw className="size-3.75" />
        </MediaButton>
      )}
      <MediaButton label="Download" onClick={() => downloadFile(item.url, item.name)}>
        <Download className="size-3.75" />
      </MediaButton>
    </>
  );
  const inLightbox = (item: GalleryItem) => (
    <>
      {item.kind === 'image' && item.assetId !== null && (
        <Button onClick={() => animate(item)}>
          <Video className="size-4" />
          Animate this
        </Button>
      )}
      {item.itemId !== null && (
        <Button onClick={() => another(item)}>
          <RefreshCw className="size-4" />
          Make one more like this
        </Button>
      )}
    </>
  );
  return { onTile, inLightbox };
}
