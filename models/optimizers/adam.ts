import { z } from "zod";
import { add, divide, multiply, sqrt, square, subtract } from "../graph/elementwise_ops.ts";
import type { Optimizer } from "./optimizer.ts";

/** The options of Adam. */
export interface AdamOptions {
  /** Decay of the first moment. @default 0.9 */
  readonly beta1: number;
  /** Decay of the second moment. @default 0.999 */
  readonly beta2: number;
  /** Guards against division by zero. @default 1e-8 */
  readonly epsilon: number;
}

/**
 * Adam (Kingma and Ba 2015, with bias correction). The slots hold the sums m / (1 − β₁) and v / (1 − β₂), which saves
 * two passes over the weights; the two coefficients carry what is left of the corrections.
 */
export const adam: Optimizer<AdamOptions> = {
  options: z.strictObject({
    beta1: z.number().min(0).lt(1).default(0.9),
    beta2: z.number().min(0).lt(1).default(0.999),
    epsilon: z.number().positive().default(1e-8),
  }),
  slots: ["firstMoment", "secondMoment"],
  coefficients(step, learningRate, { beta1, beta2, epsilon }) {
    const first = (1 - beta1) / (1 - beta1 ** step);
    const second = Math.sqrt((1 - beta2) / (1 - beta2 ** step));
    return { stepSize: learningRate * first / second, guard: epsilon / second };
  },
  update({ parameter, gradient, slots, coefficients: { stepSize, guard }, options: { beta1, beta2 } }) {
    const firstMoment = add(multiply(slots.firstMoment, beta1), gradient);
    const secondMoment = add(multiply(slots.secondMoment, beta2), square(gradient));
    const direction = divide(firstMoment, add(sqrt(secondMoment), guard));
    return {
      parameter: subtract(parameter, multiply(direction, stepSize)),
      slots: { firstMoment, secondMoment },
    };
  },
};
