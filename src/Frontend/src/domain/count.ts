const plurals: Record<string, string> = { photo: 'photos', prompt: 'prompts', image: 'images', video: 'videos', output: 'outputs', file: 'files', thing: 'things', run: 'runs', item: 'items' };

/** `1 prompt`, `2 prompts`, `1,200 images`. */
export function count(n: number, noun: string): string {
  return `${n.toLocaleString('en-US')} ${n === 1 ? noun : (plurals[noun] ?? noun + 's')}`;
}
