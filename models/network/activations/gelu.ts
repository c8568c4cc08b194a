import { add, divide, erf, multiply } from "../../graph/elementwise_ops.ts";
import { averagesOfGelu } from "../averages/formulas.ts";
import type { Activation } from "./activation.ts";

/** z·Φ(z), Φ the standard normal distribution function (Hendrycks and Gimpel 2016, the exact form). */
export const gelu: Activation = {
  odd: false,
  smooth: true,
  apply: (z) => multiply(multiply(z, 0.5), add(erf(divide(z, Math.SQRT2)), 1)),
  averages: averagesOfGelu,
};
