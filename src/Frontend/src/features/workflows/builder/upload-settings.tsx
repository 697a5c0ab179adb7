import { Images, Plus, X } from 'lucide-react';
import { Suspense, useState } from 'react';
import { useDropzone } from 'react-dropzone';
import { late } from '@/ui/late';
import { describeError } from '@/api/problem';
import { count } from '@/domain/count';
import type { DraftImage } from '@/domain/draft/draft';
import { toDraftImage } from '@/domain/draft/draft-store';
import { sampleNames } from '@/domain/draft/samples';
import { Button, MediaButton, Spinner } from '@/ui/button';
import { cn } from '@/ui/cn';
import { Notice } from '@/ui/states';
import { toast } from '@/ui/toast';
import { sampleImages, useNodeUploads } from './use-node-uploads';

const AssetPicker = late(() => import('@/domain/assets/asset-picker'), 'AssetPicker');

const accept = { 'image/png': ['.png'], 'image/jpeg': ['.jpg', '.jpeg'], 'image/webp': ['.webp'], 'application/zip': ['.zip'], 'application/x-zip-compressed': ['.zip'] };

interface UploadSettingsProps {
  images: readonly DraftImage[];
  /** Hears of the photos that come and of those that go. */
  onAdd: (images: readonly DraftImage[]) => void;
  onRemove: (index: number) => void;
}

/** The photos of an upload: files, a folder, a ZIP, the library, or samples. */
export function UploadSettings({ images, onAdd, onRemove }: UploadSettingsProps) {
  const { sending, refused, add, forget } = useNodeUploads(onAdd);
  const [picking, setPicking] = useState(false);
  const { getRootProps, getInputProps, isDragActive, open } = useDropzone({ accept, noClick: true, noKeyboard: true, onDrop: (files: File[]) => files.length > 0 && void add(files) });
  return (
    <div id="photos" {...getRootProps()} className={cn('flex flex-col gap-3 rounded-card', isDragActive && 'outline-2 outline-offset-4 outline-accent-graph')}>
      <input {...getInputProps({ 'aria-label': 'Upload photos' })} />
      {images.length > 0 && (
        <ul className="grid max-h-96 grid-cols-3 gap-2 overflow-y-auto">
          {images.map((image, index) => (
            <li key={`${image.assetId}-${index}`} className="group relative aspect-square overflow-hidden rounded-m bg-well">
              <img src={image.thumbnailUrl} alt={image.name} loading="lazy" className="size-full object-cover" />
              <MediaButton label={`Remove ${image.name}`} onClick={() => onRemove(index)} className="absolute top-1 right-1 opacity-0 group-hover:opacity-100 focus-visible:opacity-100 pointer-coarse:size-11 pointer-coarse:opacity-100">
                <X className="size-3.5" />
              </MediaButton>
            </li>
          ))}
        </ul>
      )}
      <div className={cn('flex flex-wrap items-center gap-2', images.length === 0 && 'flex-col rounded-card border-[1.5px] border-dashed border-line-2 p-5 text-center')}>
        {images.length === 0 && <p className="text-small text-ink-2">Drop photos or a ZIP here, or choose them. PNG, JPEG and WebP.</p>}
        <Button small onClick={open}>
          <Plus className="size-4" />
          {images.length === 0 ? 'Browse files' : 'Add photos'}
        </Button>
        <Button look="ghost" small onClick={() => setPicking(true)}>
          <Images className="size-4" />
          Library
        </Button>
        {images.length === 0 && (
          <Button look="ghost" small onClick={() => void sampleImages(sampleNames).then(onAdd, (error: unknown) => toast.bad('The samples were not added', describeError(error)))}>
            Use samples
          </Button>
        )}
      </div>
      {sending > 0 && (
        <p role="status" className="flex items-center gap-2 text-small text-ink-2">
          <Spinner />
          {count(sending, 'file')} on the way
        </p>
      )}
      {refused.length > 0 && (
        <Notice
          title={`${count(refused.length, 'file')} could not be added`}
          action={
            <Button small look="ghost" onClick={forget}>
              Dismiss
            </Button>
          }
        >
          {refused.map(({ name, reason }) => (
            <p key={name + reason}>
              <b className="font-[550] text-ink">{name}</b>: {reason}
            </p>
          ))}
        </Notice>
      )}
      {picking && (
        <Suspense>
          <AssetPicker open onClose={() => setPicking(false)} onPick={(assets) => onAdd(assets.filter((asset) => asset.type === 'image').map(toDraftImage))} />
        </Suspense>
      )}
    </div>
  );
}
