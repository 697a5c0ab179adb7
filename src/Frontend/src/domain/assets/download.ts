import { useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';

function save(href: string, name: string): void {
  const link = document.createElement('a');
  link.href = href;
  link.download = name;
  link.click();
}

/** One file, straight from its address, so that a long video streams to disk. */
export function downloadFile(url: string, name: string): void {
  save(url, name);
}

/** As many assets as the API packs at once. */
export const mostAtOnce = 1_000;

/** `items` in parts that the API takes. */
export const inParts = <T>(items: readonly T[], size = mostAtOnce): T[][] => Array.from({ length: Math.ceil(items.length / size) }, (_, part) => items.slice(part * size, (part + 1) * size));

/** Many files as one ZIP, or as several where there are more than fit in one. */
export function useDownloadZip() {
  return useMutation({
    mutationFn: async ({ ids, name }: { ids: readonly number[]; name: string }) => {
      const parts = inParts(ids);
      for (const [at, part] of parts.entries()) {
        const href = URL.createObjectURL(await api.blob('/assets/download', { ids: part }));
        save(href, parts.length > 1 ? `${name} ${at + 1} of ${parts.length}.zip` : `${name}.zip`);
        setTimeout(() => URL.revokeObjectURL(href), 60_000);
      }
    },
  });
}
