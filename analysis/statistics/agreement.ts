/** How well a prediction agrees with what was learned. */
import { jackknifeError } from "./moments.ts";

/** Agreement over one set of weights. */
export interface Agreement {
  /** Number of weights. */
  readonly pairs: number;
  /** Pearson's correlation of predicted and learned displacement. */
  readonly correlation: number;
  /** Of the regression of the learned on the predicted displacement; 1 for a prediction of the right size. */
  readonly slope: number;
  /** 1 − Σ(learned − predicted)² / Σ(learned − mean)²: no slope and no offset is fitted. */
  readonly r2: number;
  /** Standard deviation of the learned displacements, in units of the weights. */
  readonly learnedSpread: number;
  /** Standard deviation of the predicted ones, in their own units. */
  readonly predictedSpread: number;
}

/**
 * Standard error of the correlation, by leaving out one block at a time: the weights of a feature share its neighbourhood.
 *
 * @param predicted n values
 * @param learned n values, in the same order
 * @param blockOf the block of each value
 */
export function correlationError(
  predicted: ArrayLike<number>,
  learned: ArrayLike<number>,
  blockOf: ArrayLike<number>,
): number {
  const sums = new Map<number, Float64Array>();
  const total = new Float64Array(6);
  for (let index = 0; index < predicted.length; index++) {
    const [x, y] = [predicted[index], learned[index]];
    let block = sums.get(blockOf[index]);
    if (block === undefined) sums.set(blockOf[index], block = new Float64Array(6));
    [1, x, y, x * x, y * y, x * y].forEach((term, power) => {
      block[power] += term;
      total[power] += term;
    });
  }
  const correlation = ([n, x, y, xx, yy, xy]: Float64Array) =>
    (n * xy - x * y) / Math.sqrt((n * xx - x * x) * (n * yy - y * y));
  return jackknifeError([...sums.values()].map((block) => correlation(total.map((sum, power) => sum - block[power]))));
}

/**
 * Compares two values for each of many weights.
 *
 * @param predicted n values
 * @param learned n values, in the same order
 * @returns correlation and slope are 0 where either side does not vary
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { agreementOf } from "./agreement.ts";
 * const { correlation, r2 } = agreementOf([1, 2, 3], [2, 4, 6]);
 * assertAlmostEquals(correlation, 1);
 * console.log(r2); // as large as that only where the sizes agree too
 * ```
 */
export function agreementOf(predicted: ArrayLike<number>, learned: ArrayLike<number>): Agreement {
  const pairs = predicted.length;
  let predictedMean = 0;
  let learnedMean = 0;
  for (let pair = 0; pair < pairs; pair++) {
    predictedMean += predicted[pair] / pairs;
    learnedMean += learned[pair] / pairs;
  }
  let [predictedSquares, learnedSquares, products, misses] = [0, 0, 0, 0];
  for (let pair = 0; pair < pairs; pair++) {
    const x = predicted[pair] - predictedMean;
    const y = learned[pair] - learnedMean;
    predictedSquares += x * x;
    learnedSquares += y * y;
    products += x * y;
    misses += (learned[pair] - predicted[pair]) ** 2;
  }
  const varies = predictedSquares > 0 && learnedSquares > 0;
  return {
    pairs,
    correlation: varies ? products / Math.sqrt(predictedSquares * learnedSquares) : 0,
    slope: varies ? products / predictedSquares : 0,
    r2: learnedSquares > 0 ? 1 - misses / learnedSquares : 0,
    learnedSpread: Math.sqrt(learnedSquares / Math.max(1, pairs)),
    predictedSpread: Math.sqrt(predictedSquares / Math.max(1, pairs)),
  };
}

/** Standard error of a correlation as if the pairs were independent. */
export function independentError({ correlation, pairs }: Pick<Agreement, "correlation" | "pairs">): number {
  return (1 - correlation ** 2) / Math.sqrt(Math.max(1, pairs));
}

/**
 * R² with the mean of two replicas of a prediction that knows all but their noise (Spearman and Brown 1910).
 *
 * @param correlation of the replicas with each other
 */
export function reachableR2(correlation: number): number {
  return 2 * correlation / (1 + correlation);
}
