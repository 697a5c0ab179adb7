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

/** Many files as one ZIP. */
export function useDownloadZip() {
  return useMutation({
    mutationFn: async ({ ids, name }: { ids: readonly number[]; name: string }) => {
      const href = URL.createObjectURL(await api.blob('/assets/download', { ids }));
      save(href, `${name}.zip`);
      setTimeout(() => URL.revokeObjectURL(href), 60_000);
    },
  });
}
