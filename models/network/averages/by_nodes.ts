/** Averages over a normal variable by quadrature. */
import { add, multiply, sqrt } from "../../graph/elementwise.ts";
import { gradient } from "../../graph/gradients.ts";
import { reduceSum, reshape } from "../../graph/layout.ts";
import { matmul } from "../../graph/linear_algebra.ts";
import { staticShape } from "../../graph/shape.ts";
import { constant, type Tensor } from "../../graph/tensor.ts";
import type { Activation } from "../activations/activation.ts";
import type { Averages, NormalInput } from "./averages.ts";

/** z at every node: s + √v·t, [nodes, B, h]. */
export function atNodes({ mean, variance, rule }: NormalInput): Tensor {
  const [batch, hidden] = staticShape("atNodes", mean.shape);
  const nodes = fixed(rule.nodes, mean, [rule.nodes.length, 1, 1]);
  return add(reshape(mean, [1, batch, hidden]), multiply(reshape(sqrt(variance), [1, 1, hidden]), nodes));
}

/** Σ_a weight_a · f_a of values at the nodes: [B, h] from [nodes, B, h]. */
export function overNodes(values: Tensor, { rule }: NormalInput): Tensor {
  const [nodes, batch, hidden] = staticShape("overNodes", values.shape);
  const weights = fixed(rule.weights, values, [1, nodes]);
  return reshape(matmul(weights, reshape(values, [nodes, batch * hidden])), [batch, hidden]);
}

function fixed(values: Float64Array, like: Tensor, shape: readonly number[]): Tensor {
  return constant(like.type === "float64" ? values : Float32Array.from(values), shape);
}

/**
 * The averages of any smooth activation. Differentiating them differentiates the sums over the nodes.
 *
 * The step of a kinked φ would be seen at the nodes only: such an activation needs formulas of its own.
 */
export function averagesByNodes(activation: Activation, input: NormalInput): Averages {
  const z = atNodes(input);
  const a = activation.apply(z);
  return {
    mean: overNodes(a, input),
    square: overNodes(multiply(a, a), input),
    derivative(order) {
      let derivative = a;
      for (let n = 0; n < order; n++) [derivative] = gradient(reduceSum(derivative), [z]);
      return overNodes(derivative, input);
    },
  };
}
