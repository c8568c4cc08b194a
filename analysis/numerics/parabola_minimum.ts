import * as d3 from "d3-array";
import { inverse, Matrix } from "ml-matrix";
import type { Estimate } from "../signs/signs.ts";

/**
 * The minimum of y(x) from noisy points, by a parabola of least squares.
 *
 * The error is that of the fit carried over to the minimum −b/2a to first order, with the noise estimated from the
 * residuals: n − 3 degrees of freedom, so a bend that a parabola cannot follow counts as noise.
 *
 * @param x where y was measured; at least 4 points, 3 of them different
 * @param y what was found, as many
 * @returns where the minimum is; null if the parabola has none, or has it outside the points
 */
export function parabolaMinimum(x: readonly number[], y: readonly number[]): Estimate | null {
  if (x.length < 4 || new Set(x).size < 3) return null;
  // About the mean the normal equations are well conditioned.
  const centre = d3.mean(x)!;
  const powers = new Matrix(x.map((value) => [1, value - centre, (value - centre) ** 2]));
  const response = Matrix.columnVector(y);
  const covariance = inverse(powers.transpose().mmul(powers));
  const coefficients = covariance.mmul(powers.transpose()).mmul(response);
  const [, slope, bend] = coefficients.to1DArray();
  const minimum = centre - slope / (2 * bend);
  const [least, most] = d3.extent(x) as [number, number];
  if (!(bend > 0) || minimum < least || minimum > most) return null;
  const residuals = Matrix.sub(response, powers.mmul(coefficients));
  const gradient = Matrix.rowVector([0, -1 / (2 * bend), slope / (2 * bend ** 2)]);
  const variance = gradient.mmul(covariance).mmul(gradient.transpose()).get(0, 0) *
    residuals.norm("frobenius") ** 2 / (x.length - 3);
  return { value: minimum, error: Math.sqrt(variance) };
}
