import { Image as ImageIcon, Upload, Video, WandSparkles, type LucideIcon } from 'lucide-react';
import type { NodeKind } from '../graph/graph';
import { nodeTitles } from '../graph/problems';

interface KindLook {
  title: string;
  hint: string;
  Icon: LucideIcon;
  glyph: string;
  wire: string;
  bar: string;
}

/** How each kind of step looks, wherever it stands. */
export const kindLooks: Record<NodeKind, KindLook> = {
  upload_images: { title: nodeTitles.upload_images, hint: 'files, folder, ZIP, library', Icon: Upload, glyph: 'bg-raised text-ink-2', wire: 'var(--ink-3)', bar: 'bg-ink-3' },
  enhance_prompts: { title: nodeTitles.enhance_prompts, hint: 'one idea into many', Icon: WandSparkles, glyph: 'bg-raised text-ink-2', wire: 'var(--ink-3)', bar: 'bg-ink-3' },
  generate_images: { title: nodeTitles.generate_images, hint: 'from photos and prompts', Icon: ImageIcon, glyph: 'bg-accent-soft text-accent-ink', wire: 'var(--accent-graph)', bar: 'bg-accent-graph' },
  generate_videos: { title: nodeTitles.generate_videos, hint: 'from images or photos', Icon: Video, glyph: 'bg-video-soft text-video-ink', wire: 'var(--video-graph)', bar: 'bg-video-graph' },
};
