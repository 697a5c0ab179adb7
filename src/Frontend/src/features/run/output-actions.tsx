import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Download, RefreshCw, Video } from 'lucide-react';
import { useMemo } from 'react';
import { describeError } from '@/api/problem';
import { downloadFile } from '@/domain/assets/download';
import { draftStore } from '@/domain/draft/draft-store';
import { placeOf, type GalleryItem } from '@/domain/outputs/gallery-item';
import { paths } from '@/domain/paths';
import { useRerunItem } from '@/domain/pipelines/control-pipeline';
import { outputRecordQuery } from '@/domain/pipelines/output-queries';
import { Button, MediaButton } from '@/ui/button';
import { toast } from '@/ui/toast';

/** What can be done with one output, as small buttons on its picture or as rows beside it. */
export function useOutputActions(pipelineId: number) {
  const navigate = useNavigate();
  const client = useQueryClient();
  const { mutate: rerun } = useRerunItem(pipelineId);

  // Tiles are drawn again when these change, so they do not.
  return useMemo(() => {
    const animate = async (item: GalleryItem) => {
      if (item.assetId === null) return;
      const image = { assetId: item.assetId, name: item.name, url: item.url, thumbnailUrl: item.thumbnailUrl };
      const place = item.prompt === null ? placeOf(item) : null;
      // Without its prompt it can be animated all the same.
      const prompt = item.prompt ?? (place ? ((await client.fetchQuery(outputRecordQuery(place)).catch(() => null))?.prompt ?? '') : '');
      const before = draftStore.get();
      draftStore.set((draft) => ({ ...draft, mode: 'i2v', images: [image], variations: null, enhanceInRun: false, prompt: draft.mode === 'i2v' && draft.prompt ? draft.prompt : prompt }));
      toast.good('Ready to animate', { action: { label: 'Undo', run: () => draftStore.set(() => before) } });
      void navigate({ to: paths.playground });
    };
    const another = (item: GalleryItem) => {
      if (item.stepId === null || item.itemId === null) return;
      rerun(
        { stepId: item.stepId, itemId: item.itemId },
        { onSuccess: () => toast.good(`One more ${item.kind} like this is being made`), onError: (error) => toast.bad('It was not started', describeError(error)) },
      );
    };

    const onTile = (item: GalleryItem) => (
      <>
        {item.kind === 'image' && item.assetId !== null && (
          <MediaButton label="Animate this" onClick={() => void animate(item)}>
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
          <Button onClick={() => void animate(item)}>
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
  }, [client, navigate, rerun]);
}
