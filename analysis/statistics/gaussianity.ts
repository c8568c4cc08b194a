/** How far a sample is from Gaussian: moments with errors, and two tests that know that mean and width were fitted. */
import * as d3 from "d3-array";
import { randomStream } from "../../models/random.ts";
import { jackknifeError, spread } from "./moments.ts";
import { normalTail } from "./normal_distribution.ts";

/** The shape of one sample. */
export interface Gaussianity {
  /** Number of values. */
  readonly count: number;
  /** Their mean. */
  readonly mean: number;
  /** Spread. */
  readonly sd: number;
  /** Third standardised moment; 0 for a Gaussian. */
  readonly skewness: number;
  /** Standard error of the skewness, by leaving out one block at a time. */
  readonly skewnessError: number;
  /** Fourth standardised moment less 3; 0 for a Gaussian. */
  readonly excessKurtosis: number;
  /** Standard error of the excess kurtosis, by leaving out one block at a time. */
  readonly excessKurtosisError: number;
  /** Largest distance between the distribution function and that of the Gaussian with the sample's mean and spread. */
  readonly ksStatistic: number;
  /** Of the largest distance, mean and spread being fitted (Lilliefors); not below 1/1001. */
  readonly ksPValue: number;
  /** A²: squared distance of the distribution functions, weighted towards the tails, times n. */
  readonly andersonDarling: number;
  /** Of A², mean and spread being fitted. */
  readonly andersonDarlingPValue: number;
}

/**
 * Measures a sample against the Gaussian.
 *
 * The p-values take the values for independent; the errors of the moments do not: they come from the jackknife over
 * `blocks` (Quenouille 1956, Tukey 1958), since the weights of one feature share its neighbourhood.
 *
 * @param values at least 8, not all equal
 * @param blockOf the block of each value, from 0; default a block of its own for each
 * @throws {RangeError} if there are fewer than 8 values or they do not vary
 *
 * @example
 * ```ts
 * import { assertAlmostEquals, assertEquals } from "@std/assert";
 * import { randomStream } from "../../models/random.ts";
 * import { gaussianity } from "./gaussianity.ts";
 * import { nearGaussian } from "./near_gaussian.ts";
 * const { normal } = randomStream(1);
 * const shape = gaussianity(Float64Array.from({ length: 2000 }, normal));
 * assertAlmostEquals(shape.excessKurtosis, 0, 3 * shape.excessKurtosisError);
 * assertEquals(nearGaussian(shape), "supported");
 * ```
 */
export function gaussianity(
  values: ArrayLike<number>,
  blockOf: ArrayLike<number> = Int32Array.from({ length: values.length }, (_, index) => index),
): Gaussianity {
  const count = values.length;
  if (count < 8) throw new RangeError(`gaussianity() needs at least 8 values, got ${count}.`);
  const mean = d3.mean(Float64Array.from(values))!;
  // Power sums about the mean, whole and by block: the moments without a block follow from the difference.
  const sums = new Map<number, number[]>();
  const total = [0, 0, 0, 0, 0];
  for (let index = 0; index < count; index++) {
    let block = sums.get(blockOf[index]);
    if (block === undefined) sums.set(blockOf[index], block = [0, 0, 0, 0, 0]);
    const deviation = values[index] - mean;
    for (let power = 0, term = 1; power <= 4; power++, term *= deviation) {
      block[power] += term;
      total[power] += term;
    }
  }
  const whole = standardisedMoments(total);
  if (!(whole.sd > 0)) throw new RangeError("gaussianity() needs values that vary.");
  const without = [...sums.values()]
    .map((block) => standardisedMoments(total.map((sum, power) => sum - block[power])))
    .filter(({ sd }) => sd > 0);
  const sorted = Float64Array.from(values, (value) => (value - mean) / whole.sd).sort();
  const upper = sorted.map((value) => normalTail(value));
  const ksStatistic = kolmogorovDistance(upper);
  const andersonDarling = andersonDarlingStatistic(sorted, upper);
  return {
    count,
    mean,
    sd: whole.sd,
    skewness: whole.skewness,
    skewnessError: jackknifeError(without.map(({ skewness }) => skewness)),
    excessKurtosis: whole.excessKurtosis,
    excessKurtosisError: jackknifeError(without.map(({ excessKurtosis }) => excessKurtosis)),
    ksStatistic,
    ksPValue: lillieforsPValue(ksStatistic, count),
    andersonDarling,
    andersonDarlingPValue: andersonDarlingPValue(andersonDarling, count),
  };
}

/** From Σ1, Σx, Σx², Σx³, Σx⁴ about any origin near the mean. */
function standardisedMoments([count, first, second, third, fourth]: readonly number[]) {
  const mean = first / count;
  const [square, cube, quartic] = [second / count, third / count, fourth / count];
  const variance = square - mean ** 2;
  return {
    sd: Math.sqrt(Math.max(0, variance)),
    skewness: (cube - 3 * mean * square + 2 * mean ** 3) / variance ** 1.5,
    excessKurtosis: (quartic - 4 * mean * cube + 6 * mean ** 2 * square - 3 * mean ** 4) / variance ** 2 - 3,
  };
}

/** Largest distance of the empirical distribution function of sorted standardised values from Φ = 1 − `upper`. */
function kolmogorovDistance(upper: Float64Array): number {
  let distance = 0;
  for (let index = 0; index < upper.length; index++) {
    const below = 1 - upper[index];
    distance = Math.max(distance, below - index / upper.length, (index + 1) / upper.length - below);
  }
  return distance;
}

/** Sizes beyond which the scaled distance no longer changes, and how often it is drawn. */
const largestNullSample = 400;
const nullDraws = 1000;
const nullDistances = new Map<number, number[]>();

/** D in the scale in which its null distribution hardly depends on n (Stephens, JASA 69 (1974)). */
function scaledDistance(distance: number, count: number): number {
  return distance * (Math.sqrt(count) - 0.01 + 0.85 / Math.sqrt(count));
}

/** The share of Gaussian samples, mean and spread fitted, whose distance is as large (Lilliefors, JASA 62 (1967)), drawn. */
function lillieforsPValue(distance: number, count: number): number {
  const size = Math.min(count, largestNullSample);
  let distances = nullDistances.get(size);
  if (distances === undefined) {
    const { normal } = randomStream(0, "lilliefors", size);
    distances = Array.from({ length: nullDraws }, () => {
      const draw = Float64Array.from({ length: size }, normal);
      const [mean, width] = [d3.mean(draw)!, spread(draw)];
      return scaledDistance(kolmogorovDistance(draw.sort().map((value) => normalTail((value - mean) / width))), size);
    });
    nullDistances.set(size, distances);
  }
  const observed = scaledDistance(distance, count);
  return (1 + distances.filter((value) => value >= observed).length) / (1 + nullDraws);
}

/** From sorted standardised values and their upper tails; lower tails are computed anew, since 1 − upper loses them. */
function andersonDarlingStatistic(sorted: Float64Array, upper: Float64Array): number {
  const count = sorted.length;
  let sum = 0;
  for (let index = 0; index < count; index++) {
    const weight = 2 * index + 1;
    sum += weight * (Math.log(normalTail(-sorted[index])) + Math.log(upper[count - 1 - index]));
  }
  return -count - sum / count;
}

/** D'Agostino and Stephens, Goodness-of-Fit Techniques (1986), table 4.9, case 3: mean and variance fitted. */
function andersonDarlingPValue(statistic: number, count: number): number {
  const a = statistic * (1 + 0.75 / count + 2.25 / count ** 2);
  if (a <= 0.2) return 1 - Math.exp(-13.436 + 101.14 * a - 223.73 * a ** 2);
  if (a <= 0.34) return 1 - Math.exp(-8.318 + 42.796 * a - 59.938 * a ** 2);
  if (a <= 0.6) return Math.exp(0.9177 - 4.279 * a - 1.38 * a ** 2);
  // The fit of the exponent turns upwards far outside the range that it was made for.
  return a > 10 ? 0 : Math.exp(1.2937 - 5.709 * a + 0.0186 * a ** 2);
}
