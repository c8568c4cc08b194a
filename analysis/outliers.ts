/** Weights that are far from their class: among them the edges that are being born or are dying. */
import { type ByCluster, byCluster, foldedValues } from "./displacement_clusters.ts";
import { excessKurtosis, median } from "./moments.ts";
import type { SignMatrix } from "./sign_matrix.ts";
import type { WeightVector } from "./weight_vector.ts";

/** Weights far from their class. */
export interface Outliers {
  readonly count: number;
  /** Fraction of them in whose pair the other matrix is displaced to the same side: the pair moves as one. */
  readonly paired: number;
  /** Excess kurtosis of the displacements with and without them. */
  readonly kurtosis: number;
  readonly kurtosisWithout: number;
}

/** Tells values more than five robust deviations (1.4826 · median distance) from the median: far outside any Gaussian. */
export function outlierTest(values: Float32Array): (value: number) => boolean {
  const centre = median(values);
  const width = 1.4826 * median(values.map((value) => Math.abs(value - centre)));
  return (value) => Math.abs(value - centre) > 5 * width;
}

/** Counts the outliers of a displacement, and how much of the kurtosis is theirs. */
export function outliersOf(displacement: WeightVector, signs: SignMatrix): ByCluster<Outliers> {
  const values = foldedValues(displacement, signs);
  return byCluster((matrix, place) => {
    const own = values[matrix][place];
    const partner = values[matrix === "encoder" ? "decoder" : "encoder"][place];
    const isOutlier = outlierTest(own);
    const places = Array.from(own.keys()).filter((index) => isOutlier(own[index]));
    const paired = places.filter((index) => Math.sign(partner[index]) === Math.sign(own[index])).length;
    return {
      count: places.length,
      paired: places.length === 0 ? 0 : paired / places.length,
      kurtosis: excessKurtosis(own),
      kurtosisWithout: excessKurtosis(own.filter((value) => !isOutlier(value))),
    };
  });
}
