import type { Estimate } from "../signs/signs.ts";

/**
 * The minimum of y(x) from noisy points, by a parabola of least squares.
 *
 * The error is that of the fit carried over to the minimum −b/2a to first order, with the noise estimated from the
 * residuals: n − 3 degrees of freedom, so a bend that a parabola cannot follow counts as noise.
 *
 * @param x where y was measured; at least 4 points at 3 places
 * @param y what was found, as many
 * @returns the place of the minimum; null if the parabola has none, or has it outside the points
 */
export function parabolaMinimum(x: readonly number[], y: readonly number[]): Estimate | null {
  const places = new Set(x);
  if (x.length < 4 || places.size < 3) return null;
  // About the mean the normal equations of a cubic's worth of moments are well conditioned.
  const centre = x.reduce((sum, value) => sum + value, 0) / x.length;
  const moments = Array.from({ length: 5 }, (_, power) => x.reduce((sum, value) => sum + (value - centre) ** power, 0));
  const inverse = inverseOf3(
    [0, 1, 2].map((row) => [0, 1, 2].map((column) => moments[row + column])),
  );
  const right = [0, 1, 2].map((power) =>
    x.reduce((sum, value, place) => sum + y[place] * (value - centre) ** power, 0)
  );
  const [constant, slope, bend] = inverse.map((row) => row[0] * right[0] + row[1] * right[1] + row[2] * right[2]);
  const minimum = centre - slope / (2 * bend);
  if (!(bend > 0) || minimum < Math.min(...x) || minimum > Math.max(...x)) return null;
  const squares = x.reduce((sum, value, place) => {
    const along = value - centre;
    return sum + (y[place] - constant - slope * along - bend * along ** 2) ** 2;
  }, 0);
  const [bySlope, byBend] = [-1 / (2 * bend), slope / (2 * bend ** 2)];
  const variance = squares / (x.length - 3) *
    (bySlope ** 2 * inverse[1][1] + 2 * bySlope * byBend * inverse[1][2] + byBend ** 2 * inverse[2][2]);
  return { value: minimum, error: Math.sqrt(variance) };
}

/** The inverse of a symmetric 3 × 3 matrix by its cofactors. */
function inverseOf3(matrix: readonly (readonly number[])[]): number[][] {
  const cofactor = (row: number, column: number) => {
    const [r, s] = [(row + 1) % 3, (row + 2) % 3];
    const [c, d] = [(column + 1) % 3, (column + 2) % 3];
    return matrix[r][c] * matrix[s][d] - matrix[r][d] * matrix[s][c];
  };
  const determinant = [0, 1, 2].reduce((sum, column) => sum + matrix[0][column] * cofactor(0, column), 0);
  return [0, 1, 2].map((row) => [0, 1, 2].map((column) => cofactor(column, row) / determinant));
}
