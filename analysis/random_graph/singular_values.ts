/** The largest singular value of S or of its support, on the sparse graph. */
import { randomStream } from "../../models/random.ts";
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** Lanczos steps: a Ritz value at the edge of a continuous spectrum is then right to about (1/steps)². */
const steps = 48;

/**
 * The largest singular value of the signed matrix S, or of its centred support |S| − p.
 *
 * Lanczos on SᵀS from a fixed random start: two passes over the edges a step, no matrix formed. Without
 * reorthogonalisation copies of converged Ritz values appear, which the largest one does not notice (Paige 1976).
 *
 * @param signs S
 * @param of which matrix: `signs` for S, `support` for |S| − p with p the fraction of nonzeros
 */
export function largestSingularValue(signs: SignMatrix, of: "signs" | "support"): number {
  const { features, hidden, edges } = signs;
  if (edges === 0) return 0;
  const { start, indices, signs: edgeSigns } = signs.byFeature;
  const centre = of === "support" ? edges / (features * hidden) : 0;
  const onFeatures = new Float64Array(features);

  /** result = (A − centre)ᵀ (A − centre) vector. */
  function apply(vector: Float64Array, result: Float64Array): void {
    let vectorSum = 0;
    if (centre !== 0) { for (const value of vector) vectorSum += value; }
    let featureSum = 0;
    for (let feature = 0; feature < features; feature++) {
      let sum = -centre * vectorSum;
      for (let edge = start[feature]; edge < start[feature + 1]; edge++) {
        sum += centre === 0 ? edgeSigns[edge] * vector[indices[edge]] : vector[indices[edge]];
      }
      onFeatures[feature] = sum;
      featureSum += sum;
    }
    result.fill(-centre * featureSum);
    for (let feature = 0; feature < features; feature++) {
      const value = onFeatures[feature];
      for (let edge = start[feature]; edge < start[feature + 1]; edge++) {
        result[indices[edge]] += centre === 0 ? edgeSigns[edge] * value : value;
      }
    }
  }

  const random = randomStream(0, "lanczos");
  let previous = new Float64Array(hidden);
  let current = Float64Array.from({ length: hidden }, () => random.normal());
  let next = new Float64Array(hidden);
  scale(current, 1 / norm(current));
  const diagonal: number[] = [];
  const offDiagonal: number[] = [];
  for (let step = 0; step < Math.min(steps, hidden); step++) {
    apply(current, next);
    const along = next.reduce((sum, value, index) => sum + value * current[index], 0);
    const back = offDiagonal.at(-1) ?? 0;
    for (let index = 0; index < hidden; index++) next[index] -= along * current[index] + back * previous[index];
    diagonal.push(along);
    const rest = norm(next);
    if (rest <= 1e-10 * Math.abs(along)) break; // the start lies in an invariant subspace
    offDiagonal.push(rest);
    scale(next, 1 / rest);
    [previous, current, next] = [current, next, previous];
  }
  return Math.sqrt(Math.max(0, largestEigenvalue(diagonal, offDiagonal)));
}

function norm(vector: Float64Array): number {
  let squares = 0;
  for (const value of vector) squares += value * value;
  return Math.sqrt(squares);
}

function scale(vector: Float64Array, factor: number): void {
  for (let index = 0; index < vector.length; index++) vector[index] *= factor;
}

/**
 * The largest eigenvalue of a symmetric tridiagonal matrix, by bisection on the signs of its LDLᵀ pivots. For the 48 rows of
 * here that is twelve times as fast as ml-matrix, which finds all eigenvalues with their vectors.
 */
function largestEigenvalue(diagonal: readonly number[], offDiagonal: readonly number[]): number {
  const reach = (row: number) =>
    (row > 0 ? offDiagonal[row - 1] : 0) + (row < diagonal.length - 1 ? offDiagonal[row] : 0);
  let low = Math.max(...diagonal);
  let high = Math.max(...diagonal.map((value, row) => value + reach(row))); // Gershgorin
  function exceedsAll(shift: number): boolean {
    let pivot = shift - diagonal[0];
    for (let row = 1; row < diagonal.length && pivot > 0; row++) {
      pivot = shift - diagonal[row] - offDiagonal[row - 1] ** 2 / pivot;
    }
    return pivot > 0;
  }
  for (let halving = 0; halving < 50; halving++) {
    const middle = (low + high) / 2;
    if (exceedsAll(middle)) high = middle;
    else low = middle;
  }
  return high;
}
