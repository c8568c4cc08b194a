import { foldedValues } from "../../analysis/displacements/displacement_clusters.ts";
import { displacementsWithin } from "../../analysis/displacements/ideal_configuration.ts";
import { cornerClasses, type SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import { matrices } from "../../analysis/derivatives/weight_vector.ts";
import type { Weights } from "../../models/network/network_weights.ts";

/**
 * Displacements of the weights from the centres of their classes, under the names that the analysis of their shapes
 * gives them: "encoder, centre", and in the corners also by the degree of the feature, "encoder, corner, degree 2".
 */
export function displacementGroups(weights: Weights, signs: SignMatrix): Map<string, Float32Array> {
  const folded = foldedValues(displacementsWithin(weights, signs), signs);
  const degreeOf = cornerClasses(signs);
  const groups = new Map<string, Float32Array>();
  for (const matrix of matrices) {
    groups.set(`${matrix}, centre`, folded[matrix].centre);
    groups.set(`${matrix}, corner`, folded[matrix].corner);
    for (const degree of new Set(degreeOf)) {
      groups.set(
        `${matrix}, corner, degree ${degree}`,
        folded[matrix].corner.filter((_, index) => degreeOf[index] === degree),
      );
    }
  }
  return groups;
}
