/** What falls to one of several shares. */
export interface Share<Item> {
  readonly items: readonly Item[];
  /** Of all its items together. */
  readonly size: number;
}

/**
 * Shares items out as evenly as their sizes allow: the largest first, each to the share that is smallest so far.
 *
 * @param sizes of each item
 * @param count how many shares; none is empty where there are as many items
 */
export function shareOut<Item>(sizes: ReadonlyMap<Item, number>, count: number): Share<Item>[] {
  const shares = Array.from({ length: count }, () => ({ items: [] as Item[], size: 0 }));
  for (const [item, size] of [...sizes].sort(([, a], [, b]) => b - a)) {
    const smallest = shares.reduce((least, share) => share.size < least.size ? share : least);
    smallest.items.push(item);
    smallest.size += size;
  }
  return shares;
}
