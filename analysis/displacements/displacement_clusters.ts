/** Values of single weights, sorted into the four kinds of cluster: centre and corners of either matrix. */
import type { SignMatrix } from "../signs/sign_matrix.ts";
import { type ByMatrix, byMatrix, type MatrixName, type WeightVector } from "../derivatives/weight_vector.ts";

/** The places of S: its zeros, and its nonzeros. */
export const places = ["centre", "corner"] as const;

/** One of the {@linkcode places}. */
export type Place = typeof places[number];

/** Something for each kind of cluster. */
export type ByCluster<Value> = ByMatrix<Readonly<Record<Place, Value>>>;

/** The pairs of either place, ascending. */
export function pairsByPlace({ signs }: SignMatrix): Readonly<Record<Place, Int32Array>> {
  const corners = signs.reduce((sum, sign) => sum + Math.abs(sign), 0);
  const places = { centre: new Int32Array(signs.length - corners), corner: new Int32Array(corners) };
  const filled = { centre: 0, corner: 0 };
  signs.forEach((sign, pair) => {
    const place = sign === 0 ? "centre" : "corner";
    places[place][filled[place]++] = pair;
  });
  return places;
}

/** Makes one value for each kind of cluster. */
export function byCluster<Value>(make: (matrix: MatrixName, place: Place) => Value): ByCluster<Value> {
  return byMatrix((matrix) => ({ centre: make(matrix, "centre"), corner: make(matrix, "corner") }));
}

/**
 * The values of a vector in each kind of cluster, both corners folded onto the positive one by the sign in S: then
 * "outward" is positive.
 */
export function foldedValues(vector: WeightVector, matrix: SignMatrix): ByCluster<Float32Array> {
  const pairs = pairsByPlace(matrix);
  return byCluster((name, place) =>
    Float32Array.from(pairs[place], (pair) => vector[name][pair] * (matrix.signs[pair] || 1))
  );
}
