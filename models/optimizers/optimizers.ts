/** The optimisers as graph updates. Each parameter has its slots of state; both move along the Loop. */
import type { Config } from "../experiment/config.ts";
import { add, divide, multiply, sqrt, square, subtract } from "../graph/elementwise.ts";
import type { Tensor } from "../graph/tensor.ts";

/** A parameter after a step, with its slots in the order of `Optimizer.slots`. */
export interface Update {
  readonly parameter: Tensor;
  readonly slots: readonly Tensor[];
}

/** An optimiser: what it remembers of each parameter, and how it moves one. */
export interface Optimizer {
  /** Names of the tensors kept for each parameter; each has its shape and starts at zero. */
  readonly slots: readonly string[];
  /**
   * The numbers of a step that do not depend on the weights. They are worked out here in double precision and reach the
   * graph as scalars.
   *
   * @param step counts from 1
   */
  coefficients(step: number, learningRate: number, config: Config["optimizer"]): number[];
  /** Writes the update of one parameter. */
  update(
    parameter: Tensor,
    gradient: Tensor,
    slots: readonly Tensor[],
    coefficients: readonly Tensor[],
    config: Config["optimizer"],
  ): Update;
}

/**
 * Adam (Kingma and Ba 2015, with bias correction). The slots hold the sums m / (1 − β₁) and v / (1 − β₂), which saves
 * two passes over the weights; the two coefficients carry what is left of the corrections.
 */
const adam: Optimizer = {
  slots: ["firstMoment", "secondMoment"],
  coefficients(step, learningRate, { beta1, beta2, epsilon }) {
    const first = (1 - beta1) / (1 - beta1 ** step);
    const second = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
    return [learningRate * first / second, epsilon / second];
  },
  update(parameter, gradient, [first, second], [stepSize, guard], { beta1, beta2 }) {
    const nextFirst = add(multiply(first, beta1), gradient);
    const nextSecond = add(multiply(second, beta2), square(gradient));
    const direction = divide(nextFirst, add(sqrt(nextSecond), guard));
    return { parameter: subtract(parameter, multiply(direction, stepSize)), slots: [nextFirst, nextSecond] };
  },
};

/** Plain stochastic gradient descent. */
const sgd: Optimizer = {
  slots: [],
  coefficients: (_step, learningRate) => [learningRate],
  update: (parameter, gradient, _slots, [learningRate]) => ({
    parameter: subtract(parameter, multiply(gradient, learningRate)),
    slots: [],
  }),
};

/** Names, as in `optimizer.name`, and what they stand for. */
export const optimizers: Readonly<Record<string, Optimizer>> = { adam, sgd };
