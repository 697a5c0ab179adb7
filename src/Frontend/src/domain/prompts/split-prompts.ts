/** The longest prompt the API takes, in characters. */
export const longestPrompt = 2000;

/** One prompt a block; blocks are parted by a line of three or more dashes. Empty blocks are none. */
export function splitPrompts(text: string): string[] {
  return text
    .split(/^[ \t]*-{3,}[ \t]*$/m)
    .map((block) => block.trim())
    .filter((block) => block !== '');
}
