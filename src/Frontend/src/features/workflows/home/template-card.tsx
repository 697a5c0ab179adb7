import { Copy, Download, Image as ImageIcon, MoreHorizontal, Pencil, Trash2, TriangleAlert, Video, WandSparkles } from 'lucide-react';
import { useState } from 'react';
import type { TemplateNeed, TemplateSummary } from '@/domain/api';
import { providerName } from '@/domain/outputs/origin';
import { sampleUrl, type SampleName } from '@/domain/draft/samples';
import { Button, IconButton } from '@/ui/button';
import { Popover, popoverItemClass } from '@/ui/popover';
import { Tag } from '@/ui/tag';

const glyphs = { prompt_enhance: WandSparkles, i2i: ImageIcon, i2v: Video };

interface TemplateCardProps {
  template: TemplateSummary;
  opening: boolean;
  onUse: () => void;
  onRename: () => void;
  onDuplicate: () => void;
  onExport: () => void;
  onDelete: () => void;
}

/** Who makes it, once each: `Kling Image by fal`. */
const needWords = (need: TemplateNeed) => (need.model === null ? `Prompts by ${providerName(need.name)}` : `${need.name}${need.simulated || need.provider === null ? '' : ` by ${providerName(need.provider)}`}`);

export function TemplateCard({ template, opening, onUse, onRename, onDuplicate, onExport, onDelete }: TemplateCardProps) {
  const [menu, setMenu] = useState(false);
  const { name, description, built_in: builtIn, branches, steps, needs, samples } = template;
  const told = needs.filter((need) => need.message !== null);
  const items = [
    ...(builtIn ? [] : [{ label: 'Rename', Icon: Pencil, run: onRename }]),
    { label: 'Duplicate', Icon: Copy, run: onDuplicate },
    { label: 'Share as file', Icon: Download, run: onExport },
    ...(builtIn ? [] : [{ label: 'Delete', Icon: Trash2, run: onDelete }]),
  ];
  return (
    <li className="flex min-w-0 flex-col rounded-card border border-line bg-surface p-4">
      <div className="flex items-start gap-2">
        <h3 className="min-w-0 flex-1 text-head break-words">{name}</h3>
        {builtIn && <Tag>Built in</Tag>}
        <Popover
          label={`More about ${name}`}
          align="end"
          open={menu}
          onOpenChange={setMenu}
          className="w-48 p-1.5"
          trigger={
            <IconButton small label={`More about ${name}`}>
              <MoreHorizontal className="size-4" />
            </IconButton>
          }
        >
          {items.map(({ label, Icon, run }) => (
            <button
              key={label}
              type="button"
              className={popoverItemClass}
              onClick={() => {
                setMenu(false);
                run();
              }}
            >
              <Icon className="size-4 text-ink-3" />
              {label}
            </button>
          ))}
        </Popover>
      </div>
      {description && <p className="mt-1 line-clamp-3 text-small text-ink-2">{description}</p>}
      <div className="mt-3 flex items-center gap-1.5">
        {steps.map((step) => {
          const Icon = glyphs[step];
          return <Icon key={step} aria-hidden="true" className="size-4 text-ink-3" strokeWidth={1.75} />;
        })}
        {branches > 1 && <span className="text-small text-ink-3">{branches} branches</span>}
        <span className="ml-auto flex -space-x-1.5">
          {samples.map((sample) => (
            <img key={sample} src={sampleUrl(sample as SampleName)} alt="" className="size-7 rounded-full border-2 border-surface object-cover" />
          ))}
        </span>
      </div>
      <p className="mt-2 text-small text-ink-3">{[...new Set(needs.map(needWords))].join(' · ')}</p>
      {told.map((need) => (
        <p key={`${need.step_type}${need.model}`} className={`mt-1.5 flex gap-1.5 text-small ${need.available ? 'text-ink-3' : 'text-warn'}`}>
          <TriangleAlert className="mt-0.5 size-3.5 shrink-0" />
          <span>
            {need.name}: {need.message}
          </span>
        </p>
      ))}
      <Button small className="mt-3 self-start" busy={opening} aria-label={`Use ${name}`} onClick={onUse}>
        {samples.length > 0 ? 'Try it on samples' : 'Use'}
      </Button>
    </li>
  );
}
