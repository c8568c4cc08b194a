/** Averages over a normal variable that have a formula. */
import { add, divide, greater, multiply, negate, sqrt, square, where } from "../../graph/elementwise_ops.ts";
import { gradient } from "../../graph/gradients.ts";
import { reduceSum } from "../../graph/layout_ops.ts";
import { composite, type Tensor } from "../../graph/tensor.ts";
import type { Averages, NormalInput } from "./averages.ts";
import { atNodes, averageAtNodes } from "./by_nodes.ts";
import { normalDensity, normalDistribution } from "./normal_distribution.ts";

/** The least v that is divided by: with it 1/√v⁷ is still finite in float32, which eighth derivatives by s ask for. */
const leastVariance = 1e-10;

/**
 * The averages of max(z, 0), with u = s/√v: E φ = s·Φ(u) + √v·p(u), E φ² = (s² + v)·Φ(u) + s·√v·p(u), E φ′ = Φ(u),
 * E φ″ = p(u)/√v, and on with the Hermite polynomials.
 *
 * As with all averages ∂/∂s E f(z) = E f′(z) and ∂/∂v E f(z) = ½ E f″(z). Said in this way, nothing that vanishes with v
 * is left to cancel.
 */
export function averagesOfRectifier({ mean: s, variance }: NormalInput): Averages {
  const v = where(greater(variance, leastVariance), variance, leastVariance);
  const root = sqrt(v);
  const u = divide(s, root);
  const [above, density] = [normalDistribution(u), normalDensity(u)];
  const first = add(multiply(s, above), multiply(root, density));
  const formula = (order: number): Tensor => {
    if (order < 2) return order === 0 ? first : above;
    // The recursion of the Hermite polynomials; its second term begins with a factor of zero, whatever stands before.
    let [before, value] = [density, divide(density, root)];
    for (let n = 2; n < order; n++) {
      const lower = divide(multiply(before, n - 2), root);
      [before, value] = [value, negate(divide(add(multiply(u, value), lower), root))];
    }
    return value;
  };
  const derivative = (order: number): Tensor =>
    composite("AverageOfRectifier", [s, variance], formula(order), (g) => [
      multiply(g, derivative(order + 1)),
      multiply(g, multiply(derivative(order + 2), 0.5)),
    ]);
  const squared = add(multiply(s, first), multiply(v, above));
  return {
    mean: derivative(0),
    square: composite("AverageOfRectifierSquared", [s, variance], squared, (g) => [
      multiply(g, multiply(derivative(0), 2)),
      multiply(g, derivative(1)),
    ]),
    derivative,
  };
}

/**
 * The averages of z·Φ(z), with κ = √(1 + v): E φ = s·Φ(s/κ) + v/κ·p(s/κ). E φ² is an integral of Owen's kind without a
 * closed form and goes by nodes; z·Φ(z) is analytic, so that a few of them do.
 */
export function averagesOfGelu(input: NormalInput): Averages {
  const { mean: s, variance: v } = input;
  const root = sqrt(add(v, 1));
  const u = divide(s, root);
  const mean = add(multiply(s, normalDistribution(u)), multiply(divide(v, root), normalDensity(u)));
  const z = atNodes(input);
  return {
    mean,
    square: averageAtNodes(square(multiply(z, normalDistribution(z))), z, input),
    derivative(order) {
      let derivative = mean;
      for (let n = 0; n < order; n++) [derivative] = gradient(reduceSum(derivative), [s]);
      return derivative;
    },
  };
}
