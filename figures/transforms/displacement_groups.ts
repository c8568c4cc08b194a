import { foldedValues } from "../../analysis/displacements/displacement_clusters.ts";
import { displacementsWithin } from "../../analysis/displacements/ideal_configuration.ts";
import { cornerClasses, type SignMatrix } from "../../analysis/signs/sign_matrix.ts";
import { matrices } from "../../analysis/derivatives/weight_vector.ts";
import type { Weights } from "../../models/network/weights.ts";

/**
 * Displacements of the weights from the centres of their classes, under the names that the analysis of their shapes
 * gives them: "encoder, centre", and in the corners also by the degree of the feature, "encoder, corner, degree 2".
 */
export function displacementGroups(weights: Weights, matrix: SignMatrix): Map<string, Float32Array> {
  const folded = foldedValues(displacementsWithin(weights, matrix), matrix);
  const degreeOf = cornerClasses(matrix);
  const groups = new Map<string, Float32Array>();
  for (const name of matrices) {
    groups.set(`${name}, centre`, folded[name].centre);
    groups.set(`${name}, corner`, folded[name].corner);
    for (const degree of new Set(degreeOf)) {
      groups.set(
        `${name}, corner, degree ${degree}`,
        folded[name].corner.filter((_, place) => degreeOf[place] === degree),
      );
    }
  }
  return groups;
}
