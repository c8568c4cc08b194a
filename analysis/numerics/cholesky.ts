/** Cholesky's decomposition of small symmetric matrices, in place, for code that does it millions of times. */

/**
 * Overwrites the lower half of a symmetric matrix [n, n], row by row, with the factor L of L·Lᵀ. The upper half is left alone
 * and never read.
 *
 * @param size n; the matrix may be longer
 * @returns whether the matrix is positive definite; where it is not, what is left is of no use
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 * import { choleskyFactor, solveLower, solveUpper } from "./cholesky.ts";
 * const matrix = Float64Array.of(4, NaN, 2, 5); // the lower half of [[4, 2], [2, 5]]
 * choleskyFactor(matrix, 2);
 * const x = Float64Array.of(8, 12);
 * solveLower(matrix, 2, x);
 * solveUpper(matrix, 2, x);
 * assertEquals(Array.from(x), [1, 2]);
 * ```
 */
export function choleskyFactor(matrix: Float64Array, size: number): boolean {
  for (let row = 0; row < size; row++) {
    for (let column = 0; column <= row; column++) {
      let sum = matrix[row * size + column];
      for (let k = 0; k < column; k++) sum -= matrix[row * size + k] * matrix[column * size + k];
      if (row > column) matrix[row * size + column] = sum / matrix[column * size + column];
      else if (sum > 0) matrix[row * size + row] = Math.sqrt(sum);
      else return false;
    }
  }
  return true;
}

/** Overwrites the n numbers of x from `start` on with L⁻¹ x. */
export function solveLower(factor: Float64Array, size: number, x: Float64Array, start = 0): void {
  for (let row = 0; row < size; row++) {
    let sum = x[start + row];
    for (let k = 0; k < row; k++) sum -= factor[row * size + k] * x[start + k];
    x[start + row] = sum / factor[row * size + row];
  }
}

/** Overwrites the first n numbers of x with L⁻ᵀ x. */
export function solveUpper(factor: Float64Array, size: number, x: Float64Array): void {
  for (let row = size - 1; row >= 0; row--) {
    let sum = x[row];
    for (let k = row + 1; k < size; k++) sum -= factor[k * size + row] * x[k];
    x[row] = sum / factor[row * size + row];
  }
}
