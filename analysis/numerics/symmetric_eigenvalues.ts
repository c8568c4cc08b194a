/** All eigenvalues of a symmetric matrix. */

/**
 * The eigenvalues in ascending order: Householder's reduction to tridiagonal form, then bisection on the signs of LDLᵀ
 * pivots (Sturm; Golub and Van Loan, Matrix Computations, 8.3 and 8.4). About 1 s for a thousand rows.
 *
 * @param matrix symmetric, row-major [n, n]; it is overwritten
 * @param size n
 * @returns n eigenvalues, right to about 1e-12 of the largest
 * @throws {RangeError} if the matrix does not have n² entries
 */
export function symmetricEigenvalues(matrix: Float64Array, size: number): Float64Array {
  if (matrix.length !== size * size) throw new RangeError(`Expected ${size}² entries, got ${matrix.length}.`);
  const { diagonal, offDiagonal } = tridiagonal(matrix, size);
  const reach = (row: number) => (offDiagonal[row - 1] ?? 0) + (offDiagonal[row] ?? 0);
  const low = diagonal.reduce((least, value, row) => Math.min(least, value - reach(row)), Infinity); // Gershgorin
  const high = diagonal.reduce((most, value, row) => Math.max(most, value + reach(row)), -Infinity);
  const tiny = Number.EPSILON * Math.max(Math.abs(low), Math.abs(high), Number.MIN_VALUE);
  const countBelow = (shift: number) => {
    let count = 0;
    let pivot = 1;
    for (let row = 0; row < size; row++) {
      const coupling = row === 0 ? 0 : offDiagonal[row - 1] ** 2 / pivot;
      pivot = diagonal[row] - shift - coupling;
      if (pivot === 0) pivot = tiny;
      if (pivot < 0) count++;
    }
    return count;
  };
  const values = new Float64Array(size);
  let from = low;
  for (let index = 0; index < size; index++) {
    let [left, right] = [from, high];
    for (let halving = 0; halving < 60 && right - left > tiny; halving++) {
      const middle = (left + right) / 2;
      if (countBelow(middle) > index) right = middle;
      else left = middle;
    }
    values[index] = (left + right) / 2;
    from = left;
  }
  return values;
}

function tridiagonal(matrix: Float64Array, size: number): { diagonal: Float64Array; offDiagonal: Float64Array } {
  const diagonal = new Float64Array(size);
  const offDiagonal = new Float64Array(Math.max(0, size - 1));
  const product = new Float64Array(size);
  for (let step = 0; step < size; step++) {
    diagonal[step] = matrix[step * size + step];
    if (step === size - 1) break;
    // The reflection that leaves of this row only its first entry beside the diagonal.
    const reflector = matrix.slice(step * size, (step + 1) * size);
    let squares = 0;
    for (let column = step + 1; column < size; column++) squares += reflector[column] ** 2;
    const norm = Math.sqrt(squares);
    offDiagonal[step] = norm;
    if (norm === 0) continue;
    const sign = reflector[step + 1] < 0 ? -1 : 1;
    reflector[step + 1] += sign * norm;
    const half = norm * Math.abs(reflector[step + 1]); // |v|²/2
    let along = 0;
    for (let row = step + 1; row < size; row++) {
      let sum = 0;
      for (let column = step + 1; column < size; column++) sum += matrix[row * size + column] * reflector[column];
      product[row] = sum / half;
      along += sum * reflector[row];
    }
    const correction = along / (2 * half * half);
    for (let row = step + 1; row < size; row++) product[row] -= correction * reflector[row];
    for (let row = step + 1; row < size; row++) {
      const [v, q] = [reflector[row], product[row]];
      for (let column = step + 1; column < size; column++) {
        matrix[row * size + column] -= v * product[column] + q * reflector[column];
      }
    }
  }
  return { diagonal, offDiagonal };
}
