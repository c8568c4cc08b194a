/** Vectors with one entry for every weight: gradients, displacements, directions of a search. */

/** A value for every weight, feature-major [d, h] both. */
export interface WeightVector {
  /** For E[j, i] at `i * hidden + j`; length d·h. */
  readonly encoder: Float32Array;
  /** For D[i, j] at `i * hidden + j`; length d·h. */
  readonly decoder: Float32Array;
}

/** The two matrices by name, in the order of everything that walks over them. See {@linkcode innerProduct}. */
export const matrices = ["encoder", "decoder"] as const;

/** One of the {@linkcode matrices}. */
export type MatrixName = typeof matrices[number];

/** Something for either matrix. */
export type ByMatrix<Value> = Readonly<Record<MatrixName, Value>>;

/** Makes one value for either matrix. */
export function byMatrix<Value>(make: (matrix: MatrixName) => Value): ByMatrix<Value> {
  return { encoder: make("encoder"), decoder: make("decoder") };
}

/** Zeros for matrices of `length` entries. */
export function zeroVector(length: number): WeightVector {
  return { encoder: new Float32Array(length), decoder: new Float32Array(length) };
}

/**
 * ⟨a, b⟩, summed in double precision.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { addScaled, innerProduct, matrices, scaled } from "./weight_vector.ts";
 * const a = { encoder: Float32Array.of(1, 2), decoder: Float32Array.of(3, 4) };
 * const b = scaled(2, a);
 * assertEquals(innerProduct(a, b), 60);
 * assertEquals(matrices.map((matrix) => [...addScaled(b, -1, a)[matrix]]), [[1, 2], [3, 4]]);
 * ```
 */
export function innerProduct(a: WeightVector, b: WeightVector): number {
  let sum = 0;
  for (const matrix of matrices) {
    const [left, right] = [a[matrix], b[matrix]];
    for (let entry = 0; entry < left.length; entry++) sum += left[entry] * right[entry];
  }
  return sum;
}

/** a + factor · b, a new vector. See {@linkcode innerProduct}. */
export function addScaled(a: WeightVector, factor: number, b: WeightVector): WeightVector {
  const sum = (left: Float32Array, right: Float32Array) => left.map((value, entry) => value + factor * right[entry]);
  return { encoder: sum(a.encoder, b.encoder), decoder: sum(a.decoder, b.decoder) };
}

/** factor · a, a new vector. See {@linkcode innerProduct}. */
export function scaled(factor: number, a: WeightVector): WeightVector {
  return { encoder: a.encoder.map((value) => factor * value), decoder: a.decoder.map((value) => factor * value) };
}
