/** The activation functions φ, each a line of graph. A new one is one line in the registry. */
import { add, divide, erf, multiply, relu, tanh } from "../graph/elementwise.ts";
import type { Tensor } from "../graph/tensor.ts";

/** φ, acting entry by entry. */
export type Activation = (z: Tensor) => Tensor;

/** tanh(z)³: odd, analytic, bounded, and flat at the origin. */
function tanhCubed(z: Tensor): Tensor {
  const t = tanh(z);
  return multiply(t, multiply(t, t));
}

/** z·Φ(z), Φ the standard normal distribution function (Hendrycks and Gimpel 2016, the exact form). */
function gelu(z: Tensor): Tensor {
  return multiply(multiply(z, 0.5), add(erf(divide(z, Math.SQRT2)), 1));
}

/** Names, as in `model.activation`, and what they stand for. */
export const activations: Readonly<Record<string, Activation>> = { "tanh-cubed": tanhCubed, tanh, relu, gelu };
