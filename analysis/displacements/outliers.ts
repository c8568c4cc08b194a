/** Corner weights that are far from their class: who they are, and what becomes of them when the training goes on. */
import { type Agreement, agreementOf } from "../statistics/agreement.ts";
import { explainedShare } from "../report/thresholds.ts";
import { foldedValues } from "./displacement_clusters.ts";
import { excessKurtosis, median } from "../statistics/moments.ts";
import { cornerClasses, type SignMatrix } from "../signs/sign_matrix.ts";
import { type ByMatrix, byMatrix, type WeightVector } from "../derivatives/weight_vector.ts";

/** The outliers among the corner weights of one matrix. */
export interface Outliers {
  /** How many there are. */
  readonly count: number;
  /** Fraction of them whose other matrix is an outlier too. */
  readonly both: number;
  /** How much of their displacement is predicted: Σ predicted · learned / Σ learned². */
  readonly predicted: number;
  /** How much of it is left after continued training, likewise; more than 1 if they go on moving away. */
  readonly continued: number;
  /** How many have left the corner after it, being nearer to 0 than to their class. */
  readonly gone: number;
  /** Excess kurtosis of all corner displacements. */
  readonly kurtosis: number;
  /** Excess kurtosis of those of the others. */
  readonly kurtosisWithout: number;
}

/** What the outliers of one matrix are, by what predicts them and what becomes of them. */
export type OutlierNature = "none" | "predicted" | "dying edges" | "unfinished" | "unexplained";

/** Tells what most of the outliers are; the first that fits of what {@linkcode OutlierNature} lists. */
export function outlierNature({ count, predicted, continued, gone }: Outliers): OutlierNature {
  if (count === 0) return "none";
  if (predicted > explainedShare.most) return "predicted";
  if (gone > count / 2) return "dying edges";
  return continued < explainedShare.most ? "unfinished" : "unexplained";
}

/** Robust spreads (1.4826 · median distance) beyond which a weight is an outlier: far outside any Gaussian. */
export const outlierSpreads = 5;

/** Pairs from which a class has a spread of its own; rarer ones take that of all pairs. */
const leastPairs = 50;

/**
 * Tells the corner values that lie too many robust spreads of their own class from its median. The zeros of S get no
 * such rule: where most of them have no overlaps at all, those that have would look far out.
 *
 * @param values folded displacements
 * @param classes the class of each value
 */
export function isOutlier(values: Float32Array, classes: ArrayLike<number>): boolean[] {
  const groups = Map.groupBy(Array.from(values.keys()), (index) => classes[index]);
  const found = new Array<boolean>(values.length).fill(false);
  const scaleOf = (of: Float32Array) => {
    const centre = median(of);
    return { centre, spread: 1.4826 * median(of.map((value) => Math.abs(value - centre))) };
  };
  const all = scaleOf(values);
  for (const indices of groups.values()) {
    const { centre, spread } = indices.length < leastPairs
      ? all
      : scaleOf(Float32Array.from(indices, (at) => values[at]));
    for (const index of indices) found[index] = Math.abs(values[index] - centre) > outlierSpreads * spread;
  }
  return found;
}

/** Displacements within classes that the outliers are described by. */
export interface OutlierSubject {
  readonly learned: WeightVector;
  readonly predicted: WeightVector;
  readonly continued: WeightVector;
  /** Where the classes' centres are. */
  readonly ideal: WeightVector;
}

/** Which corner weights of either matrix are outliers, in the order of `foldedValues`. */
export function cornerOutliers(displacement: WeightVector, signs: SignMatrix): ByMatrix<readonly boolean[]> {
  const classes = cornerClasses(signs);
  const folded = foldedValues(displacement, signs);
  return byMatrix((matrix) => isOutlier(folded[matrix].corner, classes));
}

/** Agreement in the corners without the outliers of the learned weights: what holds for those that have settled. */
export function settledAgreement(
  predicted: WeightVector,
  learned: WeightVector,
  outliers: ByMatrix<readonly boolean[]>,
  signs: SignMatrix,
): ByMatrix<Agreement> {
  const [predictedValues, learnedValues] = [foldedValues(predicted, signs), foldedValues(learned, signs)];
  return byMatrix((matrix) => {
    const kept = (_: number, index: number) => !outliers[matrix][index];
    return agreementOf(predictedValues[matrix].corner.filter(kept), learnedValues[matrix].corner.filter(kept));
  });
}

/** Describes the outliers of either matrix. */
export function outliersOf(
  { learned, predicted, continued, ideal }: OutlierSubject,
  flags: ByMatrix<readonly boolean[]>,
  signs: SignMatrix,
): ByMatrix<Outliers> {
  const corners = (vector: WeightVector) => {
    const folded = foldedValues(vector, signs);
    return byMatrix((matrix) => folded[matrix].corner);
  };
  const [own, fromSigns, after, centres] = [learned, predicted, continued, ideal].map(corners);
  return byMatrix((matrix) => {
    const values = own[matrix];
    const other = matrix === "encoder" ? flags.decoder : flags.encoder;
    const indices = Array.from(values.keys()).filter((index) => flags[matrix][index]);
    const squares = indices.reduce((sum, index) => sum + values[index] ** 2, 0);
    const share = (vector: Float32Array) =>
      indices.length === 0 ? 0 : indices.reduce((sum, index) => sum + vector[index] * values[index], 0) / squares;
    return {
      count: indices.length,
      both: indices.length === 0 ? 0 : indices.filter((index) => other[index]).length / indices.length,
      predicted: share(fromSigns[matrix]),
      continued: share(after[matrix]),
      gone: indices.filter((index) =>
        centres[matrix][index] + after[matrix][index] < centres[matrix][index] / 2
      ).length,
      kurtosis: excessKurtosis(values),
      kurtosisWithout: excessKurtosis(values.filter((_, index) => !flags[matrix][index])),
    };
  });
}
