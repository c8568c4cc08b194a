import { z } from "zod";
import { add, cast, multiply, subtract } from "../graph/elementwise_ops.ts";
import { countedNormal } from "../graph/counted_random_ops.ts";
import type { Optimizer } from "./optimizer.ts";

/** The options of Langevin steps. */
export interface LangevinOptions {
  /**
   * T, in units of the objective: the weights are drawn from exp(−L/T), where the learning rate is small and the gradient
   * without noise. Each direction that is free to move then holds T/2 of the objective.
   */
  readonly temperature: number;
}

/**
 * Langevin steps: θ − η∇L + √(2ηT)·ξ with ξ standard normal, new in every step.
 *
 * On L = hθ²/2 the variance comes to T / (h (1 − ηh/2)): too large by the factor behind T/h. The gradient's own noise, of
 * variance s² a step, adds ηs²/2 to the temperature; averaged noise and balanced supports make it small.
 */
export const langevin: Optimizer<LangevinOptions> = {
  options: z.strictObject({ temperature: z.number().nonnegative() }),
  slots: [],
  coefficients: (step, learningRate, { temperature }) => ({
    learningRate,
    noise: Math.sqrt(2 * learningRate * temperature),
    // A whole number that float32 holds: a training has fewer than 2²⁴ steps.
    step,
  }),
  update({ parameter, gradient, coefficients: { learningRate, noise, step }, nextKey }) {
    const normals = countedNormal(parameter.type, parameter.shape, nextKey(), cast(step, "int64"));
    const descended = subtract(parameter, multiply(gradient, learningRate));
    return { parameter: add(descended, multiply(normals, noise)), slots: {} };
  },
};
