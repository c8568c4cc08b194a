/** The smallest eigenvalues of a symmetric map that is too large to be written out. */
import { EigenvalueDecomposition, Matrix } from "ml-matrix";
import {
  addScaled,
  innerProduct,
  matrices,
  scaled,
  type WeightVector,
  zeroVector,
} from "../derivatives/weight_vector.ts";
import { randomStream } from "../../models/random.ts";

/** A generalised eigenproblem H·v = θ B·v. */
export interface EigenProblem {
  /** H·v. */
  product(v: WeightVector): Promise<WeightVector>;
  /** B·v, B positive. */
  metric(v: WeightVector): WeightVector;
  /** B⁻¹·v. */
  solveMetric(v: WeightVector): WeightVector;
  /** Entries of either matrix of a vector. */
  readonly length: number;
}

/** How far to go. */
export interface LanczosOptions {
  /** How many of the smallest are wanted. */
  readonly wanted: number;
  /** Products at the most. */
  readonly products: number;
  /** Residual of all that are wanted at which the iteration ends. */
  readonly tolerance: number;
  /** Fixes the vector that it begins with. */
  readonly seed: number;
  /** A vector that is rich in what is looked for, such as the end of a slow descent: fewer products do then. @default none */
  readonly guess?: WeightVector;
}

/** An eigenvalue as Lanczos found it. */
export interface RitzPair {
  /** θ, never below the smallest eigenvalue. */
  readonly value: number;
  /** |H·v − θ B·v| in the metric B⁻¹ for |v| = 1 in B: there is an eigenvalue within this distance of θ. */
  readonly residual: number;
  /** v. */
  readonly vector: WeightVector;
}

/** How much of a random vector a guess is mixed with. */
const randomShare = 0.1;

/**
 * Lanczos' iteration in the inner product of B, every vector orthogonalised against all before it (Golub and Van Loan, Matrix
 * Computations, chapter 10). It keeps a vector for every product.
 *
 * @returns the smallest Ritz values, ascending
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import type { WeightVector } from "../derivatives/weight_vector.ts";
 * import { smallestEigenvalues } from "./lanczos.ts";
 * const times = (factors: number[]) => ({ encoder, decoder }: WeightVector) => ({
 *   encoder: encoder.map((value, entry) => factors[entry] * value),
 *   decoder: decoder.map((value, entry) => factors[entry] * value),
 * });
 * const problem = {
 *   product: (v: WeightVector) => Promise.resolve(times([-0.5, 1, 2])(v)),
 *   metric: times([1, 1, 1]),
 *   solveMetric: times([1, 1, 1]),
 *   length: 3,
 * };
 * const [{ value }] = await smallestEigenvalues(problem, { wanted: 1, products: 6, tolerance: 1e-5, seed: 1 });
 * assertAlmostEquals(value, -0.5, 1e-4);
 * ```
 */
export async function smallestEigenvalues(
  { product, metric, solveMetric, length }: EigenProblem,
  { wanted, products, tolerance, seed, guess }: LanczosOptions,
): Promise<RitzPair[]> {
  const random = randomStream(seed, "lanczos");
  let next = zeroVector(length);
  for (const matrix of matrices) next[matrix].forEach((_, entry, values) => values[entry] = random.normal());
  const start = solveMetric(next);
  next = scaled(1 / Math.sqrt(innerProduct(start, next)), start);
  const square = guess === undefined ? 0 : innerProduct(guess, metric(guess));
  if (guess !== undefined && square > 0) {
    // With some of the random vector no direction is left out.
    const mixed = addScaled(scaled(1 / Math.sqrt(square), guess), randomShare, next);
    next = scaled(1 / Math.sqrt(innerProduct(mixed, metric(mixed))), mixed);
  }
  const basis: WeightVector[] = [];
  const duals: WeightVector[] = [];
  const [diagonal, beside]: [number[], number[]] = [[], []];
  while (true) {
    basis.push(next);
    duals.push(metric(next));
    let rest = solveMetric(await product(next));
    diagonal.push(innerProduct(rest, duals[duals.length - 1]));
    // Twice is enough (Kahan and Parlett).
    for (let pass = 0; pass < 2; pass++) {
      for (const [index, dual] of duals.entries()) rest = addScaled(rest, -innerProduct(rest, dual), basis[index]);
    }
    const size = Math.sqrt(Math.max(0, innerProduct(rest, metric(rest))));
    const ritz = tridiagonalPairs(diagonal, beside, size).slice(0, wanted);
    const settled = ritz.length === wanted && ritz.every(({ residual }) => residual < tolerance);
    if (settled || basis.length === Math.min(products, 2 * length) || size < 1e-12) {
      return ritz.map(({ value, residual, weights }) => ({ value, residual, vector: combined(basis, weights) }));
    }
    beside.push(size);
    next = scaled(1 / size, rest);
  }
}

/** Eigenpairs of the tridiagonal matrix, ascending, each with the residual that its last entry leaves. */
function tridiagonalPairs(diagonal: readonly number[], beside: readonly number[], rest: number) {
  const matrix = Matrix.zeros(diagonal.length, diagonal.length);
  diagonal.forEach((value, index) => matrix.set(index, index, value));
  beside.forEach((value, index) => {
    matrix.set(index, index + 1, value);
    matrix.set(index + 1, index, value);
  });
  const { realEigenvalues, eigenvectorMatrix } = new EigenvalueDecomposition(matrix, { assumeSymmetric: true });
  return realEigenvalues
    .map((value, column) => {
      const weights = eigenvectorMatrix.getColumn(column);
      return { value, weights, residual: rest * Math.abs(weights[weights.length - 1]) };
    })
    .sort((a, b) => a.value - b.value);
}

function combined(basis: readonly WeightVector[], weights: readonly number[]): WeightVector {
  return basis.reduce(
    (sum, vector, index) => addScaled(sum, weights[index], vector),
    zeroVector(basis[0].encoder.length),
  );
}
