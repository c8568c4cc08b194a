/** Moments and order statistics of values as they are, without assumptions on their distribution. */

/** The middle value; of an even number of values the upper of the two. */
export function median(values: Float32Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)];
}

/** The fourth standardised moment less the 3 of a Gaussian; 0 of values that do not vary. */
export function excessKurtosis(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const moment = (power: number) => values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const variance = moment(2);
  return variance > 0 ? moment(4) / variance ** 2 - 3 : 0;
}

/** Standard deviation, of the values themselves and not as an estimate. */
export function spread(values: Float32Array): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
}

/** Standard error from estimates that each leave out one block (Quenouille 1956, Tukey 1958). */
export function jackknifeError(estimates: readonly number[]): number {
  const blocks = estimates.length;
  const mean = estimates.reduce((sum, value) => sum + value, 0) / blocks;
  return Math.sqrt((blocks - 1) / blocks * estimates.reduce((sum, value) => sum + (value - mean) ** 2, 0));
}
