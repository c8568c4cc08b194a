/**
 * The coefficients of the linear regression of y on a few regressors, by the normal equations in units in which every
 * regressor has length 1. A regressor that depends on those before it gets the coefficient 0.
 *
 * ml-matrix's QR decomposition does not notice such a regressor, its singular values share the coefficient out, and
 * either keeps all rows: 3 s against 0.07 s for 220,000 rows of eight.
 *
 * @param regressors columns of n values each
 * @param response n values
 * @param rows which of the n to use; default all
 * @returns a coefficient for each regressor
 */
export function leastSquares(
  regressors: readonly ArrayLike<number>[],
  response: ArrayLike<number>,
  rows: ArrayLike<number> = Int32Array.from({ length: response.length }, (_, row) => row),
): number[] {
  const columns = [...regressors, response];
  const size = regressors.length;
  const products = columns.map((left) =>
    columns.map((right) => {
      let sum = 0;
      for (let index = 0; index < rows.length; index++) sum += left[rows[index]] * right[rows[index]];
      return sum;
    })
  );
  const lengths = products.map((row, column) => Math.sqrt(row[column]) || 1);
  const system = products.slice(0, size).map((row, i) => row.map((value, j) => value / (lengths[i] * lengths[j])));
  // Gauss–Jordan on [XᵀX | Xᵀy]; pivots of a positive matrix need no exchange of rows.
  const kept: boolean[] = [];
  for (let pivot = 0; pivot < size; pivot++) {
    kept[pivot] = system[pivot][pivot] > 1e-9;
    if (!kept[pivot]) continue;
    for (let row = 0; row < size; row++) {
      if (row === pivot) continue;
      const factor = system[row][pivot] / system[pivot][pivot];
      for (let column = pivot; column <= size; column++) system[row][column] -= factor * system[pivot][column];
    }
  }
  return system.map((row, column) => kept[column] ? row[size] / row[column] * lengths[size] / lengths[column] : 0);
}
