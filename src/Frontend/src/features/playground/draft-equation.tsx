import { ChevronRight, Image as ImageIcon, Layers, Upload, Video, WandSparkles } from 'lucide-react';
import type { Estimate } from '@/domain/api';
import { grouped } from '@/domain/count';
import type { Draft } from '@/domain/draft/draft';
import { makesImages, makesVideos } from '@/domain/draft/draft';
import { Equation, type Term } from '@/ui/equation';
import { enhancesInRun, promptsOf } from '@/domain/draft/build-request';

const number = (n: number | undefined) => (n === undefined ? '–' : grouped(n));

/** The multiplication as it stands. Products are the server's; a dash stands for one not known yet. */
export function DraftEquation({ draft, estimate }: { draft: Draft; estimate: Estimate | undefined }) {
  const prompts = promptsOf(draft).length;
  const enhanced = enhancesInRun(draft);
  const made = (step: string) => estimate?.steps.find((line) => line.step_type === step)?.count;
  const paired = draft.combine === 'paired' && prompts > 1 && draft.images.length > 1;
  const terms: Term[] = [
    { key: 'photos', icon: <Upload />, label: 'Photos', value: number(draft.images.length) },
    {
      key: 'prompts',
      sign: paired ? '=' : '×',
      icon: <WandSparkles />,
      label: 'Prompts',
      value: number(enhanced ? prompts * draft.variationsPerPrompt : prompts),
      note: draft.variations ? `kept of ${draft.variations.length}` : enhanced ? `${prompts} × ${draft.variationsPerPrompt}` : undefined,
    },
  ];
  if (makesImages(draft)) {
    const plan = estimate?.steps.find((line) => line.step_type === 'i2i')?.set_mode_plans?.find(({ chosen }) => chosen);
    const each = draft.set ? plan && plan.variations * draft.set.each : draft.image.count;
    terms.push({ key: 'each', sign: '×', icon: <Layers />, label: draft.set ? 'In the set' : 'Of each', value: number(each), note: draft.set && plan && draft.set.each > 1 ? `${plan.variations} × ${draft.set.each}` : undefined });
    terms.push({ key: 'images', sign: '=', icon: <ImageIcon />, label: 'Images', value: number(made('i2i')) });
  }
  if (makesVideos(draft)) {
    if (!makesImages(draft)) terms.push({ key: 'each', sign: '×', icon: <Layers />, label: 'Of each', value: number(draft.video.count) });
    terms.push({ key: 'videos', sign: makesImages(draft) ? <ChevronRight className="size-3" strokeWidth={2.5} /> : '=', icon: <Video />, label: 'Videos', value: number(made('i2v')), note: makesImages(draft) ? `${draft.video.count} of each` : undefined });
  }
  return <Equation label="What this run makes" terms={terms} />;
}
