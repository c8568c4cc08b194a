/** Averages over a normal variable that have a formula. */
import { add, divide, multiply, sqrt, square } from "../../graph/elementwise.ts";
import { gradient } from "../../graph/gradients.ts";
import { reduceSum } from "../../graph/layout.ts";
import type { Tensor } from "../../graph/tensor.ts";
import type { Averages, NormalInput } from "./averages.ts";
import { atNodes, overNodes } from "./by_nodes.ts";
import { normalDensity, normalDistribution } from "./normal_distribution.ts";

/** Keeps √v and its slope finite where a neuron hears no noise; far below the smallest step of float32 beside any s. */
const leastVariance = 1e-30;

/** E φ⁽ⁿ⁾ from the mean: its n-th derivative by s. */
function derivativesOf(mean: Tensor, s: Tensor): Averages["derivative"] {
  return (order) => {
    let derivative = mean;
    for (let n = 0; n < order; n++) [derivative] = gradient(reduceSum(derivative), [s]);
    return derivative;
  };
}

/** The averages of max(z, 0), with u = s/√v: E φ = s·Φ(u) + √v·p(u), E φ² = (s² + v)·Φ(u) + s·√v·p(u). */
export function averagesOfRectifier({ mean: s, variance }: NormalInput): Averages {
  const v = add(variance, leastVariance);
  const root = sqrt(v);
  const u = divide(s, root);
  const [below, density] = [normalDistribution(u), multiply(root, normalDensity(u))];
  const mean = add(multiply(s, below), density);
  return {
    mean,
    square: add(multiply(add(square(s), v), below), multiply(s, density)),
    derivative: derivativesOf(mean, s),
  };
}

/**
 * The averages of z·Φ(z), with κ = √(1 + v): E φ = s·Φ(s/κ) + v/κ·p(s/κ). E φ² is an integral of Owen's kind without a
 * closed form and goes by nodes; z·Φ(z) is analytic, so that a few of them do.
 */
export function averagesOfGelu(input: NormalInput): Averages {
  const { mean: s, variance } = input;
  const v = add(variance, leastVariance);
  const root = sqrt(add(v, 1));
  const u = divide(s, root);
  const mean = add(multiply(s, normalDistribution(u)), multiply(divide(v, root), normalDensity(u)));
  const z = atNodes({ ...input, variance: v });
  return {
    mean,
    square: overNodes(square(multiply(z, normalDistribution(z))), input),
    derivative: derivativesOf(mean, s),
  };
}
