/** How Gaussian the displacements are, cluster by cluster and type by type, and what the prediction leaves of them. */
import { cornerSplittings, type SplitCorner, splitCorner } from "./corner_types.ts";
import { foldedValues, pairsByRegion, regions } from "./displacement_clusters.ts";
import { displacementsWithin } from "./ideal_configuration.ts";
import { type Gaussianity, gaussianity } from "../statistics/gaussianity.ts";
import { type ScaleMixture, scaleMixture } from "../statistics/scale_mixture.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type ByMatrix, byMatrix, matrices, type WeightVector } from "../derivatives/weight_vector.ts";

/** Values of one cluster, with their shape. */
export interface ResidualGroup extends Gaussianity {
  readonly name: string;
  readonly values: Float32Array;
}

/** The shapes of displacements, as plain data. */
export interface DisplacementShapes {
  /** The centre of either matrix as a mixture of Gaussians. */
  readonly centre: ByMatrix<ScaleMixture>;
  /** The corners of either matrix, split finer and finer. */
  readonly corner: ByMatrix<readonly SplitCorner[]>;
}

/**
 * The four clusters and their shapes.
 *
 * @param displacement of every weight: learned, or what a prediction leaves of it
 * @param signs S
 * @returns clusters that have at least 8 values that vary; corners are folded by their sign
 */
export function residualGroups(displacement: WeightVector, signs: SignMatrix): ResidualGroup[] {
  const pairs = pairsByRegion(signs);
  const folded = foldedValues(displacement, signs);
  return matrices.flatMap((matrix) =>
    regions.flatMap((region) => {
      const values = folded[matrix][region];
      if (values.length < 8 || values.every((value) => value === values[0])) return [];
      const features = pairs[region].map((pair) => Math.floor(pair / signs.hidden));
      return [{ name: `${matrix}, ${region}`, values, ...gaussianity(values, features) }];
    })
  );
}

/**
 * Splits centre and corners by what S says about a pair, and measures the shape of the parts.
 * See {@linkcode displacementsWithin}.
 *
 * @param weights the weights themselves, not their displacements: the classes' means count as explained
 */
export function displacementShapes(weights: WeightVector, signs: SignMatrix): DisplacementShapes {
  const pairs = pairsByRegion(signs);
  const values = foldedValues(weights, signs);
  const splittings = cornerSplittings(signs, pairs.corner);
  return {
    centre: byMatrix((matrix) => scaleMixture(values[matrix].centre, pairs.centre, signs)),
    corner: byMatrix((matrix) =>
      splittings.flatMap((splitting) => splitCorner(values[matrix].corner, pairs.corner, splitting, signs.hidden) ?? [])
    ),
  };
}

/** The shape of each cluster that has enough values, by name: "encoder, centre". */
export function shapesByCluster(displacement: WeightVector, signs: SignMatrix): Record<string, Gaussianity> {
  return Object.fromEntries(
    residualGroups(displacement, signs).map(({ name, values: _, ...shape }) => [name, shape]),
  );
}

/** The shape of the corner pairs whose features have one degree, by name: "encoder, corner, degree 3". */
export function shapesByDegree(displacement: WeightVector, signs: SignMatrix): Record<string, Gaussianity> {
  const { corner } = displacementShapes(displacement, signs);
  return Object.fromEntries(matrices.flatMap((matrix) => {
    const split = corner[matrix].find(({ name }) => name === "feature degree");
    return (split?.types ?? []).map(({ type, ...shape }) => [`${matrix}, corner, degree ${type}`, shape]);
  }));
}

/** Key `residuals` of `analysis.json`: a shape for each cluster or type; null where nothing has frozen. */
export type ResidualsData = Readonly<Record<string, Gaussianity>> | null;

/**
 * The shape of either centre without the pairs that are on their way in or out, |E| above a quarter of the amplitude, by name:
 * "encoder, centre, frozen". A few of those make the tails of a whole centre.
 */
function shapesOfFrozen(
  weights: WeightVector,
  displacement: WeightVector,
  signs: SignMatrix,
): Record<string, Gaussianity> {
  const { centre, corner } = pairsByRegion(signs);
  const amplitude = corner.reduce((sum, pair) => sum + Math.abs(weights.encoder[pair]), 0) / corner.length;
  const frozen = centre.filter((pair) => Math.abs(weights.encoder[pair]) < amplitude / 4);
  if (frozen.length < 8) return {};
  const features = frozen.map((pair) => Math.floor(pair / signs.hidden));
  return Object.fromEntries(matrices.map((matrix) => [
    `${matrix}, centre, frozen`,
    gaussianity(Float32Array.from(frozen, (pair) => displacement[matrix][pair]), features),
  ]));
}

/** The shapes of the displacements from the class centres, by cluster and in the corners by degree of the feature. */
export function residualShapes(weights: WeightVector, signs: SignMatrix): ResidualsData {
  if (signs.edges === 0) return null;
  const displacement = displacementsWithin(weights, signs);
  return {
    ...shapesByCluster(displacement, signs),
    ...shapesOfFrozen(weights, displacement, signs),
    ...shapesByDegree(displacement, signs),
  };
}
