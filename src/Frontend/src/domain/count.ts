const plurals: Record<string, string> = { photo: 'photos', prompt: 'prompts', image: 'images', video: 'videos', output: 'outputs', file: 'files', thing: 'things', run: 'runs', item: 'items' };

// Made once: `toLocaleString` makes one at every call, which is most of what it costs.
const whole = new Intl.NumberFormat('en-US');

/** `1,200`. */
export const grouped = (n: number): string => whole.format(n);

/** `1 prompt`, `2 prompts`, `1,200 images`. */
export function count(n: number, noun: string): string {
  return `${grouped(n)} ${n === 1 ? noun : (plurals[noun] ?? noun + 's')}`;
}
