import type { Tensor } from "../../graph/tensor.ts";
import type { Quadrature } from "./normal_rule.ts";

/** Averages of an activation φ over z ~ N(s, v): functions of s [B, h] and v [h], each [B, h], to be differentiated. */
export interface Averages {
  /** E φ(z). */
  readonly mean: Tensor;
  /** E φ(z)². */
  readonly square: Tensor;
  /** E φ⁽ⁿ⁾(z), which is ∂ⁿ/∂sⁿ of the mean. */
  derivative(order: number): Tensor;
}

/** What an activation is averaged over. */
export interface NormalInput {
  /** s [B, h]. */
  readonly mean: Tensor;
  /** v [h]. */
  readonly variance: Tensor;
  /** For averages that have no formula. */
  readonly rule: Quadrature;
}
