import { uploads } from './uploads';

export const sampleNames = ['astronaut.jpg', 'coffee.jpg', 'rocket.jpg'] as const;
export type SampleName = (typeof sampleNames)[number];

export const sampleUrl = (name: SampleName) => `/static/samples/${name}`;

/** Sends sample photos to the library and into the draft, as if they had been dropped on the page. */
export async function addSamples(names: readonly SampleName[]): Promise<void> {
  const files = await Promise.all(
    names.map(async (name) => {
      const blob = await (await fetch(sampleUrl(name))).blob();
      return new File([blob], name, { type: blob.type });
    }),
  );
  await uploads.addFiles(files);
}
