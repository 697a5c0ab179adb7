import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Images, Upload } from 'lucide-react';
import { Suspense, useState } from 'react';
import { late } from '@/ui/late';
import { describeError } from '@/api/problem';
import { draftStore } from '@/domain/draft/draft-store';
import type { Mode } from '@/domain/draft/draft';
import { addSamples, sampleNames } from '@/domain/draft/samples';
import { useDropPhotos } from '@/domain/draft/use-drop-photos';
import { pickModel } from '@/domain/models/capabilities';
import { modelsQuery } from '@/domain/models/list-models';
import { paths } from '@/domain/paths';
import { Button } from '@/ui/button';
import { toast } from '@/ui/toast';
import { useTitle } from '@/ui/use-title';
import { RecentWork } from './recent-work';
import { AnimateCard, EditCard, FullCard } from './start-cards';

const DropOverlay = late(() => import('@/domain/draft/drop-overlay'), 'DropOverlay');
const AssetPicker = late(() => import('@/domain/assets/asset-picker'), 'AssetPicker');

export function StartPage() {
  const navigate = useNavigate();
  useTitle('Start');
  const models = useQuery(modelsQuery).data ?? [];
  const [picking, setPicking] = useState(false);
  const open = () => void navigate({ to: paths.playground });
  const begin = (mode: Mode) => {
    draftStore.patch({ mode });
    open();
  };
  const { getRootProps, getInputProps, isDragActive, open: browse } = useDropPhotos(open);
  const image = pickModel(models, 'image', null);
  const video = pickModel(models, 'video', null);

  return (
    <div {...getRootProps()} className="relative flex min-h-0 min-w-0 flex-1">
      <main className="flex-1 overflow-y-auto px-12 pb-10 max-lg:px-4">
        <input {...getInputProps({ 'aria-label': 'Upload images' })} />
        <div className="mx-auto max-w-282">
          <h1 className="mt-12 font-display text-display max-lg:mt-6 max-lg:text-[30px]/9">What do you want to create?</h1>
          <p className="mt-2 text-[15px]/5.5 text-ink-2">Start from your photos. You see every count and the full price before anything is made.</p>
          <div className="mt-6.5 grid grid-cols-[1fr_1fr_1.24fr] gap-4 max-lg:grid-cols-1">
            <EditCard price={image && `from ${image.price.display}`} onChoose={() => begin('i2i')} />
            <AnimateCard price={video && `from ${video.price.display}`} onChoose={() => begin('i2v')} />
            <FullCard onChoose={() => begin('full')} />
          </div>
          <div className="mt-4 flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 rounded-card border-[1.5px] border-dashed border-line-2 py-2 pr-2 pl-4.5 text-ink-2">
            <Upload className="size-4.5 shrink-0" strokeWidth={1.75} />
            <span className="min-w-50 flex-1">
              <b className="font-[550] text-ink">Drop photos, a folder or a ZIP anywhere on this page</b>, or paste an image or a link
            </span>
            <span className="flex flex-wrap gap-1.5">
              <Button
                look="ghost"
                small
                onClick={() => {
                  void addSamples(sampleNames).catch((error: unknown) => toast.bad('The samples were not added', describeError(error)));
                  open();
                }}
              >
                Try with sample photos
              </Button>
              <Button look="ghost" small onClick={() => setPicking(true)}>
                <Images className="size-4" />
                From library
              </Button>
              <Button small onClick={browse}>
                Browse files
              </Button>
            </span>
          </div>
          <RecentWork />
          <p className="mt-8 text-small text-ink-3 lg:hidden">
            <Link to={paths.jobs} className="underline underline-offset-3">
              All runs
            </Link>
          </p>
        </div>
      </main>
      {picking && (
        <Suspense>
          <AssetPicker
            open
            onClose={() => setPicking(false)}
            onPick={(assets) => {
              draftStore.addAssets(assets);
              open();
            }}
          />
        </Suspense>
      )}
      {isDragActive && (
        <Suspense>
          <DropOverlay />
        </Suspense>
      )}
    </div>
  );
}
