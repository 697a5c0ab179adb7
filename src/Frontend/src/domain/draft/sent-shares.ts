/** How much of each file of one request has left, 0 to 1: they go in order, one after the other. */
export function sentShares(sizes: readonly number[], sent: number): number[] {
  let before = 0;
  return sizes.map((size) => {
    const share = size === 0 ? (sent >= before ? 1 : 0) : Math.min(1, Math.max(0, (sent - before) / size));
    before += size;
    return share;
  });
}
