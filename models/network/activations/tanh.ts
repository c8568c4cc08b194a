import { tanh } from "../../graph/elementwise_ops.ts";
import { averagesOfTanh } from "../averages/polynomial_of_tanh.ts";
import type { Activation } from "./activation.ts";

/** tanh(z). */
export const hyperbolicTangent: Activation = {
  odd: true,
  smooth: true,
  apply: tanh,
  averages: (input) => averagesOfTanh([0, 1], input),
  value: Math.tanh,
};
