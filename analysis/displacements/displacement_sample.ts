/** A sample of predicted and learned displacements, small enough for `analysis.json` and large enough for a figure. */
import { randomStream } from "../../models/random.ts";
import { type ByCluster, byCluster, foldedValues } from "./displacement_clusters.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import type { WeightVector } from "../derivatives/weight_vector.ts";

/** Displacements of the same weights, four significant digits. */
export interface DisplacementSample {
  /** How many weights the sample was drawn from. */
  readonly of: number;
  /** From S, weight by weight. */
  readonly predicted: readonly number[];
  /** Of the same weights, in the same order. */
  readonly learned: readonly number[];
}

/**
 * Draws weights of each cluster at random, without replacement.
 *
 * @param most weights of one cluster
 */
export function displacementSample(
  predicted: WeightVector,
  learned: WeightVector,
  signs: SignMatrix,
  { most = 4000, seed = 0 } = {},
): ByCluster<DisplacementSample> {
  const [left, right] = [foldedValues(predicted, signs), foldedValues(learned, signs)];
  const random = randomStream(seed, "displacement-sample");
  return byCluster((matrix, region) => {
    const count = left[matrix][region].length;
    const order = Int32Array.from({ length: count }, (_, index) => index);
    const size = Math.min(most, count);
    for (let index = 0; index < size; index++) {
      const other = index + random.integer(count - index);
      [order[index], order[other]] = [order[other], order[index]];
    }
    const drawn = order.subarray(0, size).toSorted();
    const rounded = (values: Float32Array) => Array.from(drawn, (index) => Number(values[index].toPrecision(4)));
    return { of: count, predicted: rounded(left[matrix][region]), learned: rounded(right[matrix][region]) };
  });
}
