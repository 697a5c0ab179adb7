import type { Model } from '@/domain/api';
import { makesImages, makesVideos, type Draft } from '@/domain/draft/draft';
import { draftStore } from '@/domain/draft/draft-store';
import { ImageSettings, VideoSettings, type SettingField } from '@/domain/settings/generator-settings';
import type { Fault } from './problem-fields';

interface ParamsPanelProps {
  draft: Draft;
  models: readonly Model[];
  faults: readonly Fault[];
}

/** How it is made: models and what they can be told. */
export function ParamsPanel({ draft, models, faults }: ParamsPanelProps) {
  const at = (field: SettingField) => faults.filter((fault) => fault.field === field);
  const set = (kind: 'image' | 'video') => (patch: Partial<Draft['image'] & Draft['video']>) => draftStore.set((now) => ({ ...now, [kind]: { ...now[kind], ...patch } }));
  return (
    <>
      {makesImages(draft) && <ImageSettings value={draft.image} set={draft.set} models={models} at={at} onChange={set('image')} />}
      {draft.mode === 'full' && <hr className="border-line" />}
      {makesVideos(draft) && <VideoSettings value={draft.video} models={models} at={at} onChange={set('video')} />}
    </>
  );
}
