/** Half-width of a 95 % band about the distribution function of `count` values: Massart, Annals of Probability 18 (1990). */
export function distributionBand(count: number): number {
  return Math.sqrt(Math.log(2 / 0.05) / (2 * count));
}
