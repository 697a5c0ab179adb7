import type { SetModeConfig, SetKind, SetCoverage } from '@/domain/api';
import { count } from '@/domain/count';

/** A photo set: what is varied, how the options meet, and how many images each variation gets. */
export interface PhotoSet {
  options: Readonly<Record<SetKind, readonly string[]>>;
  coverage: SetCoverage;
  each: number;
}

interface Kind {
  kind: SetKind;
  label: string;
  /** `2 angles`, `1 angle`. */
  noun: string;
  options: readonly { value: string; label: string }[];
}

const options = (...values: string[]) => values.map((value) => ({ value, label: value === 'three_quarter' ? '3/4' : value.charAt(0).toUpperCase() + value.slice(1) }));

/** What the server knows by name; outfits are written freely. */
export const setKinds: readonly Kind[] = [
  { kind: 'angles', label: 'Angles', noun: 'angle', options: options('front', 'side', 'three_quarter', 'back') },
  { kind: 'expressions', label: 'Expressions', noun: 'expression', options: options('smile', 'neutral', 'surprise', 'serious', 'laugh', 'contemplative') },
  { kind: 'poses', label: 'Poses', noun: 'pose', options: options('standing', 'sitting', 'walking', 'dancing', 'action') },
  { kind: 'outfits', label: 'Outfits', noun: 'outfit', options: [] },
  { kind: 'lighting', label: 'Lighting', noun: 'light', options: options('studio', 'natural', 'dramatic', 'soft') },
];

export const mostEach = 5;
export const longestOutfit = 100;
export const mostOutfits = 20;

export const emptySet: PhotoSet = { options: { angles: [], expressions: [], poses: [], outfits: [], lighting: [] }, coverage: 'full', each: 1 };

const set = (some: Partial<Record<SetKind, string[]>>, coverage: SetCoverage = 'full'): PhotoSet => ({ ...emptySet, options: { ...emptySet.options, ...some }, coverage });

/** Sets that are ready in one press. */
export const setPresets: readonly { name: string; set: PhotoSet }[] = [
  { name: 'All around', set: set({ angles: ['front', 'side', 'three_quarter', 'back'] }) },
  { name: 'Portraits', set: set({ expressions: ['smile', 'neutral', 'serious'], lighting: ['studio', 'natural'] }) },
  { name: 'Lookbook', set: set({ poses: ['standing', 'walking'], outfits: ['casual', 'formal', 'sporty'] }) },
  { name: 'Everything, thinly', set: set({ angles: ['front', 'side', 'three_quarter'], expressions: ['smile', 'neutral', 'serious'], poses: ['standing', 'sitting'], lighting: ['studio', 'dramatic'] }, 'pairwise') },
];

/** The kinds that vary, in the order in which they multiply. */
export const chosenKinds = (photoSet: PhotoSet) => setKinds.filter(({ kind }) => photoSet.options[kind].length > 0);

/** All combinations of the chosen options; 0 when none is chosen. */
export function fullProduct(photoSet: PhotoSet): number {
  const kinds = chosenKinds(photoSet);
  return kinds.length === 0 ? 0 : kinds.reduce((product, { kind }) => product * photoSet.options[kind].length, 1);
}

/** `2 angles × 3 expressions`. */
export const factorsOf = (photoSet: PhotoSet) => chosenKinds(photoSet).map(({ kind, noun }) => count(photoSet.options[kind].length, noun)).join(' × ');

export function toggleOption(photoSet: PhotoSet, kind: SetKind, option: string): PhotoSet {
  const chosen = photoSet.options[kind];
  const order = setKinds.find((known) => known.kind === kind)?.options.map(({ value }) => value) ?? [];
  const next = chosen.includes(option) ? chosen.filter((other) => other !== option) : [...chosen, option];
  // Standard options keep the catalog's order, free ones the order they were written in.
  return { ...photoSet, options: { ...photoSet.options, [kind]: order.length === 0 ? next : order.filter((value) => next.includes(value)) } };
}

/** Adds what was written, one outfit a comma or line; none twice. */
export function addOutfits(photoSet: PhotoSet, text: string): PhotoSet {
  const written = text.split(/[,\n]/).map((outfit) => outfit.trim().slice(0, longestOutfit)).filter(Boolean);
  const outfits = [...photoSet.options.outfits];
  for (const outfit of written) if (!outfits.some((known) => known.toLowerCase() === outfit.toLowerCase())) outfits.push(outfit);
  return { ...photoSet, options: { ...photoSet.options, outfits: outfits.slice(0, mostOutfits) } };
}

/** What is asked of the server; null when nothing varies. */
export function toSetMode(photoSet: PhotoSet | null): SetModeConfig | null {
  const kinds = photoSet === null ? [] : chosenKinds(photoSet).map(({ kind }) => kind);
  if (photoSet === null || kinds.length === 0) return null;
  return {
    enabled: true,
    coverage: photoSet.coverage,
    variations: kinds,
    options: Object.fromEntries(kinds.map((kind) => [kind, [...photoSet.options[kind]]])),
    count_per_variation: photoSet.each,
  };
}

/** The set of a run that was, to change and use again. A kind without options took all of its standard ones. */
export function fromSetMode(config: SetModeConfig | null | undefined): PhotoSet | null {
  if (!config || config.enabled === false) return null;
  const chosen = (config.variations ?? []).map((kind) => {
    const given = config.options?.[kind] ?? [];
    return [kind, given.length > 0 ? given : (setKinds.find((known) => known.kind === kind)?.options.map(({ value }) => value) ?? [])];
  });
  return { options: { ...emptySet.options, ...(Object.fromEntries(chosen) as Partial<PhotoSet['options']>) }, coverage: config.coverage ?? 'full', each: config.count_per_variation ?? 1 };
}
