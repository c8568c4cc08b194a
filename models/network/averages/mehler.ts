import { multiply } from "../../graph/elementwise_ops.ts";
import type { Tensor } from "../../graph/tensor.ts";

/** Cⁿ/n!, entry by entry: what the n-th slopes of two neurons are weighted with in Mehler's expansion. */
export function mehlerWeight(covariance: Tensor, order: number): Tensor {
  let power = covariance;
  for (let n = 2; n <= order; n++) power = multiply(multiply(power, covariance), 1 / n);
  return power;
}
