/** Averages over a normal variable by quadrature. */
import { UsageError } from "../../errors.ts";
import { add, multiply, sqrt, square } from "../../graph/elementwise_ops.ts";
import { gradient } from "../../graph/gradients.ts";
import { reduceSum, reshape } from "../../graph/layout_ops.ts";
import { staticShape } from "../../graph/tensor_shape.ts";
import { composite, constant, type Tensor } from "../../graph/tensor.ts";
import type { Activation } from "../activations/activation.ts";
import type { Averages, NormalInput } from "./averages.ts";

/**
 * z at every node: s + √v·t, [B, nodes, h]. The nodes stand between samples and neurons, where ONNX Runtime sums over them
 * some five times as fast as in front.
 */
export function atNodes({ mean, variance, rule }: NormalInput): Tensor {
  const [batch, hidden] = staticShape("atNodes", mean.shape);
  const nodes = fixed(rule.nodes, mean, [1, rule.nodes.length, 1]);
  return add(reshape(mean, [batch, 1, hidden]), multiply(reshape(sqrt(variance), [1, 1, hidden]), nodes));
}

/** Values at the nodes times the nodes' weights, [B, nodes, h]. */
export function weighted(values: Tensor, { rule }: NormalInput): Tensor {
  return multiply(values, fixed(rule.weights, values, [1, rule.weights.length, 1]));
}

/** Σ_a weight_a · f_a of values at the nodes: [B, h] from [B, nodes, h]. */
export function overNodes(values: Tensor, input: NormalInput): Tensor {
  return reduceSum(weighted(values, input), { axes: [1] });
}

function fixed(values: Float64Array, like: Tensor, shape: readonly number[]): Tensor {
  return constant(like.type === "float64" ? values : Float32Array.from(values), shape);
}

/**
 * E f(z) from the values of a smooth f at the nodes.
 *
 * Its gradients are averages too (Stein 1981, Price 1958): ∂/∂s E f(z) = E f′(z), and ∂/∂v E f(z) = ½ E f″(z). Unlike the
 * derivative of the sum over the nodes they do not divide by √v, which may be as small as it likes.
 *
 * @param values f at the nodes, [nodes, B, h]
 * @param z the nodes that `values` was computed from
 */
export function averageAtNodes(values: Tensor, z: Tensor, input: NormalInput): Tensor {
  return composite("AverageAtNodes", [input.mean, input.variance], overNodes(values, input), (g) => {
    const slope = derivativeAt(values, z);
    const bySpread = multiply(averageAtNodes(derivativeAt(slope, z), z, input), 0.5);
    return [multiply(g, averageAtNodes(slope, z, input)), multiply(g, bySpread)];
  });
}

/** f′ at the nodes. */
function derivativeAt(values: Tensor, z: Tensor): Tensor {
  return gradient(reduceSum(values), [z])[0];
}

/**
 * The averages of any smooth activation.
 *
 * @throws {UsageError} for an activation with a kink, which the nodes step over: it needs formulas of its own
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { constant, serialize } from "../../graph/mod.ts";
 * import { runOnce } from "../../runtime/session.ts";
 * import { activations } from "../activations/activations.ts";
 * import { averagesByNodes } from "./by_nodes.ts";
 * import { normalRule } from "./normal_rule.ts";
 * const mean = constant(Float64Array.of(0.5), [1, 1]);
 * const variance = constant(Float64Array.of(0.04), [1]);
 * const averages = averagesByNodes(activations.get("tanh"), { mean, variance, rule: normalRule(13) });
 * const outputs = { average: averages.mean, slope: averages.derivative(1) };
 * const { average, slope } = await runOnce(serialize({ name: "example", inputs: {}, outputs }), {});
 * assertAlmostEquals(Number(average.data[0]), 0.448324, 1e-5); // tanh 0.5 is 0.462117
 * assertAlmostEquals(Number(slope.data[0]), 0.77465, 1e-4);
 * ```
 */
export function averagesByNodes(activation: Activation, input: NormalInput): Averages {
  if (!activation.smooth) {
    throw new UsageError(
      "an activation with a kink needs averages of its own; without them the noise must be sampled.",
    );
  }
  const z = atNodes(input);
  const a = activation.apply(z);
  return {
    mean: averageAtNodes(a, z, input),
    square: averageAtNodes(square(a), z, input),
    derivative(order) {
      let derivative = a;
      for (let n = 0; n < order; n++) derivative = derivativeAt(derivative, z);
      return averageAtNodes(derivative, z, input);
    },
  };
}
