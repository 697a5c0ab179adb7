import { useEffect, useRef } from 'react';
import { useDropzone, type FileRejection } from 'react-dropzone';
import { uploads, urlsIn } from './uploads';

const accept = { 'image/png': ['.png'], 'image/jpeg': ['.jpg', '.jpeg'], 'image/webp': ['.webp'], 'application/zip': ['.zip'], 'application/x-zip-compressed': ['.zip'] };

/**
 * The whole page as a target for dropped files and folders, and for pasted pictures and addresses. `onAdd` hears of every
 * addition, so that the start page can hand over to the playground.
 */
export function useDropPhotos(onAdd?: () => void) {
  const added = useRef(onAdd);
  useEffect(() => {
    added.current = onAdd;
  });

  const dropzone = useDropzone({
    accept,
    noClick: true,
    noKeyboard: true,
    multiple: true,
    onDrop: (files: File[], rejections: FileRejection[]) => {
      for (const { file } of rejections) uploads.refuse(file.name, 'This kind of file cannot be used. PNG, JPEG, WebP and ZIP can.');
      if (files.length > 0) void uploads.addFiles(files);
      if (files.length + rejections.length > 0) added.current?.();
    },
  });

  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      const files = [...(event.clipboardData?.files ?? [])];
      const typing = event.target instanceof HTMLElement && /^(INPUT|TEXTAREA)$/.test(event.target.tagName);
      const urls = typing ? [] : urlsIn(event.clipboardData?.getData('text/plain') ?? '');
      if (files.length === 0 && urls.length === 0) return;
      event.preventDefault();
      if (files.length > 0) void uploads.addFiles(files);
      else void uploads.addUrls(urls);
      added.current?.();
    };
    window.addEventListener('paste', onPaste);
    return () => window.removeEventListener('paste', onPaste);
  }, []);

  return dropzone;
}
