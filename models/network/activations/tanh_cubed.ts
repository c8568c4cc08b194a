import { multiply, tanh } from "../../graph/elementwise.ts";
import type { Activation } from "./activation.ts";

/** tanh(z)³: odd, analytic, bounded, and flat at the origin. */
export const tanhCubed: Activation = {
  odd: true,
  smooth: true,
  apply(z) {
    const t = tanh(z);
    return multiply(t, multiply(t, t));
  },
  value: (z) => Math.tanh(z) ** 3,
};
