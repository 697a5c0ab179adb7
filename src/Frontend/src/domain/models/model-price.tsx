import { Image as ImageIcon, Video } from 'lucide-react';
import type { Model } from '@/domain/api';
import { cn } from '@/ui/cn';

export const kinds = {
  image: { label: 'Image model', Icon: ImageIcon, glyph: 'bg-accent-soft text-accent-ink', open: 'aria-expanded:border-accent-graph aria-expanded:shadow-[0_0_0_3px_var(--accent-soft)]', chosen: 'bg-accent-soft' },
  video: { label: 'Video model', Icon: Video, glyph: 'bg-video-soft text-video-ink', open: 'aria-expanded:border-video-graph aria-expanded:shadow-[0_0_0_3px_var(--video-soft)]', chosen: 'bg-video-soft' },
};

/** `$0.35 per 5 s` as its two halves, over one another. */
export function Price({ model, className }: { model: Model; className: string }) {
  const [amount = model.price.display, unit] = model.price.display.split(' per ');
  return (
    <span className={cn('shrink-0 text-right', className)}>
      {amount}
      <span className="block text-small font-[450] text-ink-3">{unit ? `per ${unit}` : ''}</span>
    </span>
  );
}
