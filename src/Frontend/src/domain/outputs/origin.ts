import type { GalleryItem } from './gallery-item';

type Made = Pick<GalleryItem, 'simulated' | 'reused' | 'provider' | 'insteadOf'>;

const names: Record<string, string> = { fal: 'fal', replicate: 'Replicate', openai: 'OpenAI', anthropic: 'Anthropic', local: 'the demo renderer' };

/** A provider as people write it. */
export const providerName = (provider: string) => names[provider.toLowerCase()] ?? provider;

/** What a tile says about where its output came from, when that is not what anybody would expect: a word, and the rest where there is room. */
export function originOf({ simulated, reused, provider, insteadOf }: Made): { word: string; rest: string } | null {
  if (simulated) return { word: 'Demo', rest: reused ? ' renderer · from before' : ' renderer' };
  if (reused) return { word: '$0', rest: ' · from before' };
  if (insteadOf && provider) return { word: 'By', rest: ` ${providerName(provider)}, stood in` };
  return null;
}

/** The same at length, for those who ask. */
export function describeOrigin({ simulated, reused, provider, insteadOf }: Made): string | null {
  const by = simulated ? 'Demo renderer' : provider ? providerName(provider) : null;
  const words = [by, insteadOf && !simulated && `stood in for ${providerName(insteadOf)}`, reused && 'from before, $0'].filter(Boolean);
  return words.length === 0 ? null : words.join(', ');
}

export interface Origins {
  simulated: number;
  reused: number;
  /** By the provider that stood in. */
  stoodIn: ReadonlyMap<string, number>;
}

export function countOrigins(items: readonly Made[]): Origins {
  let simulated = 0;
  let reused = 0;
  const stoodIn = new Map<string, number>();
  for (const item of items) {
    if (item.simulated) simulated += 1;
    if (item.reused) reused += 1;
    if (item.insteadOf && item.provider && !item.simulated) stoodIn.set(item.provider, (stoodIn.get(item.provider) ?? 0) + 1);
  }
  return { simulated, reused, stoodIn };
}
