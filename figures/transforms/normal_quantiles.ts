import { cumulativeStdNormalProbability, probit } from "simple-statistics";

/** One point of a Q–Q plot, in standard deviations. */
export interface NormalQuantile {
  /** Quantile of the standard Gaussian. */
  readonly expected: number;
  readonly observed: number;
  /** Ends of the pointwise 95 % band for independent Gaussian draws. */
  readonly low: number;
  readonly high: number;
}

/**
 * Quantiles of a sample against those of the Gaussian, at points evenly spread along the Gaussian's axis, so that the
 * tails show as well as the middle.
 *
 * The band is ± 1.96 standard errors √(p(1 − p)/n)/φ(z) of a sample quantile, the normal approximation for order
 * statistics (H. A. David and H. N. Nagaraja, Order Statistics, 2003, section 10.2). It leaves aside that mean and sd
 * were estimated, which would narrow it.
 *
 * @param values the sample, unsorted; at least two
 * @param mean which shifts it
 * @param sd which scales it
 * @param points how many quantiles
 */
export function normalQuantiles(values: ArrayLike<number>, mean: number, sd: number, points = 161): NormalQuantile[] {
  const sorted = Float64Array.from(values).sort();
  const outermost = probit(1 - 0.5 / sorted.length);
  return Array.from({ length: points }, (_, index) => {
    const expected = outermost * (2 * index / (points - 1) - 1);
    const probability = cumulativeStdNormalProbability(expected);
    const densityThere = Math.exp(-expected * expected / 2) / Math.sqrt(2 * Math.PI);
    const error = 1.96 * Math.sqrt(probability * (1 - probability) / sorted.length) / densityThere;
    const rank = Math.min(sorted.length - 1, Math.floor(probability * sorted.length));
    return { expected, observed: (sorted[rank] - mean) / sd, low: expected - error, high: expected + error };
  });
}
