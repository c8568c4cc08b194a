/** The standard normal distribution and density, as graphs. */
import { add, divide, erf, exp, multiply, square } from "../../graph/elementwise_ops.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** Φ(x). */
export function normalDistribution(x: Tensor): Tensor {
  return multiply(add(erf(divide(x, Math.SQRT2)), 1), 0.5);
}

/** The density exp(−x²/2)/√(2π). */
export function normalDensity(x: Tensor): Tensor {
  return multiply(exp(multiply(square(x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
}
