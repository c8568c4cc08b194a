import { multiply, tanh } from "../../graph/elementwise_ops.ts";
import { averagesOfTanh } from "../averages/polynomial_of_tanh.ts";
import type { Activation } from "./activation.ts";

/** tanh(z)³: odd, analytic, bounded, and flat at the origin. */
export const tanhCubed: Activation = {
  odd: true,
  smooth: true,
  apply(z) {
    const t = tanh(z);
    return multiply(t, multiply(t, t));
  },
  averages: (input) => averagesOfTanh([0, 0, 0, 1], input),
  value: (z) => Math.tanh(z) ** 3,
};
