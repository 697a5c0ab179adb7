import { ChevronRight, Image as ImageIcon, Play, SplitSquareHorizontal, Video, Workflow } from 'lucide-react';
import type { ReactNode } from 'react';
import { cn } from '@/ui/cn';
import { TonedImage, type ToneName } from '@/ui/toned-image';

interface CardProps {
  icon: ReactNode;
  title: string;
  children: ReactNode;
  foot?: ReactNode;
  picture: ReactNode;
  hero?: boolean;
  onChoose: () => void;
}

function Card({ icon, title, children, foot, picture, hero, onChoose }: CardProps) {
  return (
    <button
      type="button"
      onClick={onChoose}
      className={cn(
        'group flex flex-col overflow-hidden rounded-[18px] border shadow-1 transition-[border-color,transform] duration-180 hover:-translate-y-0.5 max-lg:flex-row',
        hero ? 'border-accent-line bg-linear-to-b from-accent-soft to-surface to-74%' : 'border-line bg-surface hover:border-line-2',
      )}
    >
      <span className={cn('relative block h-42 w-full overflow-hidden max-lg:h-auto max-lg:w-32 max-lg:shrink-0', !hero && 'bg-well')}>{picture}</span>
      <span className="flex flex-1 flex-col gap-1 px-4.5 pt-3.75 pb-4">
        <span className="flex items-center gap-2.25 font-display text-[18px]/6 font-[620] tracking-[-.015em]">
          {icon}
          {title}
        </span>
        <span className="text-ink-2">{children}</span>
        {foot && <span className="mt-auto pt-2.25 text-small text-ink-3">{foot}</span>}
      </span>
    </button>
  );
}

const sample = (name: string) => `/static/samples/${name}.webp`;

export function EditCard({ price, onChoose }: { price: string | undefined; onChoose: () => void }) {
  return (
    <Card
      icon={<ImageIcon className="size-4.5 text-accent-ink" strokeWidth={1.75} />}
      title="Edit images"
      foot={price}
      onChoose={onChoose}
      picture={
        <>
          <TonedImage src={sample('astronaut')} tone="plain" />
          <TonedImage src={sample('astronaut')} tone="neon" className="[clip-path:inset(0_0_0_52%)]" />
          <span className="absolute inset-y-0 left-[52%] -ml-px w-0.5 bg-white" />
          <span className="absolute top-1/2 left-[52%] -mt-3.5 -ml-3.5 grid size-7 place-items-center rounded-full bg-white text-black">
            <SplitSquareHorizontal className="size-3.75" />
          </span>
        </>
      }
    >
      New light, outfit, angle or place. The subject stays the same.
    </Card>
  );
}

export function AnimateCard({ price, onChoose }: { price: string | undefined; onChoose: () => void }) {
  return (
    <Card
      icon={<Video className="size-4.5 text-video-ink" strokeWidth={1.75} />}
      title="Animate images"
      foot={price}
      onChoose={onChoose}
      picture={
        <>
          <TonedImage src={sample('coffee')} tone="golden" className="scale-105 transition-transform duration-700 group-hover:scale-120" />
          <span className="absolute top-1/2 left-1/2 -mt-5.75 -ml-5.75 grid size-11.5 place-items-center rounded-full bg-black/60 text-white ring-1 ring-white/30 backdrop-blur-sm">
            <Play className="ml-0.5 size-5 fill-current" />
          </span>
          <span className="absolute inset-x-3.5 bottom-3 h-1 rounded-full bg-white/35">
            <span className="block h-full w-2/5 rounded-full bg-[#b6a7ff]" />
          </span>
        </>
      }
    >
      Turn each photo into a short clip, with the motion you describe.
    </Card>
  );
}

function Fan({ tones, playing }: { tones: readonly ToneName[]; playing?: boolean }) {
  return (
    <span className="grid h-full grid-cols-2 gap-1.25">
      {tones.map((tone, index) => (
        <span key={index} className="relative min-h-0 overflow-hidden rounded-s bg-well">
          <TonedImage src={sample('rocket')} tone={tone} />
          {playing && (
            <span className="absolute bottom-1 left-1 grid size-4.5 place-items-center rounded-[5px] bg-black/60 text-white">
              <Play className="size-2.25 fill-current" />
            </span>
          )}
        </span>
      ))}
    </span>
  );
}

export function FullCard({ onChoose }: { onChoose: () => void }) {
  const tones = ['golden', 'neon', 'blue', 'mono'] as const;
  return (
    <Card
      hero
      icon={<Workflow className="size-4.5 text-accent-ink" strokeWidth={1.75} />}
      title="Full pipeline"
      foot="1 photo, 4 prompts: 4 images and 4 videos in one go"
      onChoose={onChoose}
      picture={
        <span className="absolute inset-x-4.5 inset-y-4 grid grid-cols-[96px_30px_1fr_30px_1fr] items-center max-lg:inset-2 max-lg:grid-cols-1">
          <span className="relative block h-24 overflow-hidden rounded-m max-lg:hidden">
            <TonedImage src={sample('rocket')} tone="plain" />
          </span>
          <ChevronRight className="size-3.75 justify-self-center text-ink-3 max-lg:hidden" />
          <Fan tones={tones} />
          <ChevronRight className="size-3.75 justify-self-center text-ink-3 max-lg:hidden" />
          <span className="h-full max-lg:hidden">
            <Fan tones={tones} playing />
          </span>
        </span>
      }
    >
      One idea becomes many prompts, images and videos, in one go or with pauses to choose.
    </Card>
  );
}
