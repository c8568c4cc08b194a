import { z } from "zod";
import { multiply, subtract } from "../graph/elementwise_ops.ts";
import type { Optimizer } from "./optimizer.ts";

/** Plain stochastic gradient descent. */
export const sgd: Optimizer = {
  options: z.strictObject({}),
  slots: [],
  coefficients: (_step, learningRate) => ({ learningRate }),
  update: ({ parameter, gradient, coefficients: { learningRate } }) => ({
    parameter: subtract(parameter, multiply(gradient, learningRate)),
    slots: {},
  }),
};
