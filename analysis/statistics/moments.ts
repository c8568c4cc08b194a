/** Moments and order statistics of values as they are, without assumptions on their distribution. */
import * as d3 from "d3-array";

/** The middle value; of an even number of values the upper of the two, so that it is one of them. */
export function median(values: Float32Array): number {
  const sorted = values.toSorted();
  return sorted[Math.floor(sorted.length / 2)];
}

/** The fourth standardised moment less the 3 of a Gaussian; 0 of values that do not vary. */
export function excessKurtosis(values: Float32Array): number {
  const mean = d3.mean(values)!;
  const moment = (power: number) => d3.mean(values, (value) => (value - mean) ** power)!;
  const variance = moment(2);
  return variance > 0 ? moment(4) / variance ** 2 - 3 : 0;
}

/** Standard deviation, of the values themselves and not as an estimate. */
export function spread(values: Iterable<number>): number {
  const mean = d3.mean(values)!;
  return Math.sqrt(d3.mean(values, (value) => (value - mean) ** 2)!);
}

/** Standard error from estimates that each leave out one block (Quenouille 1956, Tukey 1958). */
export function jackknifeError(estimates: readonly number[]): number {
  return Math.sqrt(estimates.length - 1) * spread(estimates);
}
