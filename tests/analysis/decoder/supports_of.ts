/** Every set of `count` of the numbers 0 … features − 1. */
export function supportsOf(features: number, count: number): number[][] {
  if (count === 0) return [[]];
  return Array.from({ length: features }, (_, last) => supportsOf(last, count - 1).map((rest) => [...rest, last]))
    .flat();
}
