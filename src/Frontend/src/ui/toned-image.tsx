import { cn } from './cn';

const tones = {
  plain: { image: '', tint: '' },
  golden: { image: 'saturate-125 brightness-105', tint: 'bg-[#ff9a3c] mix-blend-soft-light opacity-80' },
  neon: { image: 'contrast-125', tint: 'bg-linear-to-br from-[#ff3d97] via-[#a65cff] to-[#00c9c0] mix-blend-color opacity-75' },
  blue: { image: 'brightness-90', tint: 'bg-[#2b6cff] mix-blend-soft-light opacity-80' },
  studio: { image: 'brightness-115 saturate-90', tint: '' },
  mono: { image: 'grayscale contrast-125', tint: '' },
};

export type ToneName = keyof typeof tones;

/** A picture in one of the looks the product makes; decoration, so it has no words. */
export function TonedImage({ src, tone, className }: { src: string; tone: ToneName; className?: string }) {
  return (
    <span className={cn('absolute inset-0 isolate overflow-hidden', className)}>
      <img src={src} alt="" className={cn('size-full object-cover object-[52%_18%]', tones[tone].image)} />
      {tones[tone].tint && <span className={cn('absolute inset-0', tones[tone].tint)} />}
    </span>
  );
}
