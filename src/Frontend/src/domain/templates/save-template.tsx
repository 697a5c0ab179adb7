import { useId, useState, type FormEvent } from 'react';
import { describeError } from '@/api/problem';
import type { PipelineRequest, TemplateRequest } from '@/domain/api';
import { Button } from '@/ui/button';
import { Switch } from '@/ui/controls';
import { Dialog } from '@/ui/dialog';
import { areaClass, inputClass } from '@/ui/input';
import { Notice } from '@/ui/states';
import { toast } from '@/ui/toast';
import { useSaveTemplate } from './templates';

interface SaveTemplateProps {
  name: string;
  pipelines: readonly PipelineRequest[];
  graph?: object;
  /** The drawing without its photos. */
  bare?: object;
  onClose: () => void;
}

/** Keeps a configuration under a name, to be used again. */
export function SaveTemplate({ name: first, pipelines, graph, bare = graph, onClose }: SaveTemplateProps) {
  const id = useId();
  const [name, setName] = useState(first);
  const [description, setDescription] = useState('');
  const [photos, setPhotos] = useState(false);
  const save = useSaveTemplate();
  const hasPhotos = pipelines.some((pipeline) => pipeline.inputs.images.length > 0);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const kept = photos ? graph : bare;
    const template: TemplateRequest = {
      name,
      ...(description.trim() !== '' && { description }),
      pipelines: pipelines.map((pipeline) => (photos ? pipeline : { ...pipeline, inputs: { ...pipeline.inputs, images: [] } })),
      ...(kept && { graph: kept }),
    };
    save.mutate(template, {
      onSuccess: () => {
        toast.good(`“${name.trim()}” is among your templates`);
        onClose();
      },
    });
  };
  return (
    <Dialog open onClose={onClose} title="Save as template" className="w-[min(480px,calc(100vw-32px))]">
      <form onSubmit={submit} className="flex flex-col gap-4">
        <div className="flex flex-col gap-2">
          <label htmlFor={`${id}-name`} className="text-label text-ink-2">
            Name
          </label>
          <input id={`${id}-name`} data-first-focus value={name} maxLength={200} required onChange={(event) => setName(event.target.value)} className={inputClass} />
        </div>
        <div className="flex flex-col gap-2">
          <label htmlFor={`${id}-text`} className="text-label text-ink-2">
            What it is good for
          </label>
          <textarea id={`${id}-text`} value={description} maxLength={1000} rows={2} onChange={(event) => setDescription(event.target.value)} className={areaClass} placeholder="Optional" />
        </div>
        {hasPhotos && <Switch label="Keep its photos" hint="Else it asks for photos when it is used." checked={photos} onChange={setPhotos} />}
        {save.isError && <Notice title="The template was not saved">{describeError(save.error)}</Notice>}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" busy={save.isPending} disabled={name.trim() === ''}>
            Save template
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
