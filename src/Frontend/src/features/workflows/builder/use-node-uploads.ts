import { useState } from 'react';
import { describeError } from '@/api/problem';
import type { Asset, UploadAnswer } from '@/domain/api';
import { uploadAssets } from '@/domain/assets/assets';
import { toDraftImage } from '@/domain/draft/draft-store';
import { sampleNames, sampleUrl, type SampleName } from '@/domain/draft/samples';
import { batches, reasonsOf } from '@/domain/draft/uploads';
import type { DraftImage } from '@/domain/draft/draft';

export interface Refused {
  name: string;
  reason: string;
}

/** Sends files to the library for one upload node; what was accepted is handed on batch by batch. */
export function useNodeUploads(onAdd: (images: DraftImage[]) => void) {
  const [sending, setSending] = useState(0);
  const [refused, setRefused] = useState<readonly Refused[]>([]);
  const add = async (files: readonly File[]) => {
    setSending((now) => now + files.length);
    for (const batch of batches(files)) {
      try {
        const answer = await uploadAssets(batch, () => undefined);
        onAdd(imagesOf(answer));
        setRefused((before) => [...before, ...(answer.errors ?? []).map((error) => ({ name: error.file, reason: error.message }))]);
      } catch (error) {
        setRefused((before) => [...before, ...reasonsOf(error, batch.map((file) => file.name))]);
      } finally {
        setSending((now) => now - batch.length);
      }
    }
  };
  return { sending, refused, add, forget: () => setRefused([]) };
}

const imagesOf = (answer: UploadAnswer) => answer.data.filter((asset: Asset) => asset.type === 'image').map(toDraftImage);

const isSample = (name: string): name is SampleName => sampleNames.includes(name as SampleName);

/** Puts sample pictures into the library and hands them on. The same ones twice are one picture each. */
export async function sampleImages(names: readonly string[]): Promise<DraftImage[]> {
  const files = await Promise.all(
    names.filter(isSample).map(async (name) => {
      const blob = await (await fetch(sampleUrl(name))).blob();
      return new File([blob], name, { type: blob.type });
    }),
  );
  const answer = await uploadAssets(files, () => undefined);
  const [first] = answer.errors ?? [];
  if (answer.data.length === 0) throw new Error(first?.message ?? describeError(null));
  return imagesOf(answer);
}
