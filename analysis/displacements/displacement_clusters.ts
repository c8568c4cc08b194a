/** Values of single weights, sorted into the four kinds of cluster: centre and corners of either matrix. */
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type ByMatrix, byMatrix, type MatrixName, type WeightVector } from "../derivatives/weight_vector.ts";

/** The regions of S: its zeros, and its nonzeros. See {@linkcode displacementsWithin}. */
export const regions = ["centre", "corner"] as const;

/** One of the {@linkcode regions}. */
export type Region = typeof regions[number];

/** Something for each kind of cluster. */
export type ByCluster<Value> = ByMatrix<Readonly<Record<Region, Value>>>;

/** The pairs of either region, ascending. */
export function pairsByRegion({ entries, edges }: SignMatrix): Readonly<Record<Region, Int32Array>> {
  const pairs = { centre: new Int32Array(entries.length - edges), corner: new Int32Array(edges) };
  const filled = { centre: 0, corner: 0 };
  entries.forEach((sign, pair) => {
    const region = sign === 0 ? "centre" : "corner";
    pairs[region][filled[region]++] = pair;
  });
  return pairs;
}

/** Makes one value for each kind of cluster. */
export function byCluster<Value>(make: (matrix: MatrixName, region: Region) => Value): ByCluster<Value> {
  return byMatrix((matrix) => ({ centre: make(matrix, "centre"), corner: make(matrix, "corner") }));
}

/**
 * The values of a vector in each kind of cluster, both corners folded onto the positive one by the sign in S: then
 * "outward" is positive.
 */
export function foldedValues(vector: WeightVector, matrix: SignMatrix): ByCluster<Float32Array> {
  const pairs = pairsByRegion(matrix);
  return byCluster((name, region) =>
    Float32Array.from(pairs[region], (pair) => vector[name][pair] * (matrix.entries[pair] || 1))
  );
}
