import { normalQuantile, normalTail } from "../../analysis/statistics/normal_distribution.ts";

/** One point of a Q–Q plot, in spreads. */
export interface NormalQuantile {
  /** Quantile of the standard Gaussian. */
  readonly expected: number;
  readonly observed: number;
  /** Ends of the pointwise 95 % band for independent Gaussian draws. */
  readonly low: number;
  readonly high: number;
}

/**
 * Order statistics of a sample against the Gaussian, at ranks evenly spread along the Gaussian's axis, so that the
 * tails show as well as the middle.
 *
 * The band holds the middle 95 % of the order statistic of n independent draws, whose probability is
 * Beta(r, n + 1 − r); it leaves aside that mean and spread were estimated, which would narrow it a little.
 *
 * @param values the sample, unsorted; at least two
 * @param mean which shifts it
 * @param spread which scales it
 * @param points how many quantiles at most; ranks that would come twice are drawn once
 */
export function normalQuantiles(
  values: ArrayLike<number>,
  mean: number,
  spread: number,
  points = 161,
): NormalQuantile[] {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.length;
  const outermost = normalQuantile(1 - 0.5 / count);
  const ranks = new Set(Array.from({ length: points }, (_, index) => {
    const z = outermost * (2 * index / (points - 1) - 1);
    return Math.min(count, 1 + Math.floor(count * normalTail(-z)));
  }));
  return [...ranks].map((rank) => ({
    expected: normalQuantile((rank - 0.5) / count),
    observed: (sorted[rank - 1] - mean) / spread,
    low: normalQuantile(betaQuantile(rank, count + 1 - rank, 1.96)),
    high: normalQuantile(betaQuantile(rank, count + 1 - rank, -1.96)),
  }));
}

/**
 * The x that a Beta(a, b) variable exceeds with the probability that a standard normal lies below `normal`: Abramowitz
 * and Stegun 26.5.22, right to a percent from a, b = 10 on and rougher for the outermost ranks.
 */
function betaQuantile(a: number, b: number, normal: number): number {
  const inverseA = 1 / (2 * a - 1);
  const inverseB = 1 / (2 * b - 1);
  const harmonic = 2 / (inverseA + inverseB);
  const lambda = (normal * normal - 3) / 6;
  const w = normal * Math.sqrt(harmonic + lambda) / harmonic -
    (inverseB - inverseA) * (lambda + 5 / 6 - 2 / (3 * harmonic));
  return a / (a + b * Math.exp(2 * w));
}
