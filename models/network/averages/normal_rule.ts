/** Averages over a standard normal variable. */

/** Nodes and weights such that Σ weights[a] · f(nodes[a]) ≈ E f(t), t ~ N(0, 1). */
export interface Quadrature {
  /** Ascending and symmetric about 0. */
  readonly nodes: Float64Array;
  /** Positive; they add up to 1. */
  readonly weights: Float64Array;
}

/**
 * The trapezoidal rule on a normal density, stretched until its second moment is 1. What lies beyond the last node would
 * be missed by all neurons alike, and add up: at a trained network's weights the stretch makes the error of the objective
 * four times smaller with 7 nodes, and thirty times with 13.
 *
 * For a function that is analytic within a distance b of the real axis the error falls as exp(−2π·b/step) (Trefethen &
 * Weideman, SIAM Review 56, 2014), until what lies beyond the last node counts. tanh(s·t) has b = π/(2s): with s from 0.4
 * on this beats the Gauss–Hermite rule of as many nodes, whose polynomials do not like poles.
 *
 * @param count number of nodes, odd
 * @param step distance between nodes before the stretch, in standard deviations. Default 2.6/√count, at which the objective
 * of trained networks and its gradient have small errors, both of them, for 5 to 13 nodes
 * @throws {RangeError} for an even number of nodes or a step out of range
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalRule } from "./normal_rule.ts";
 * const { nodes, weights } = normalRule(41, 0.3);
 * assertAlmostEquals(nodes.reduce((sum, t, a) => sum + weights[a] * t ** 4, 0), 3, 1e-5);
 * ```
 */
export function normalRule(count: number, step: number = 2.6 / Math.sqrt(count)): Quadrature {
  if (!Number.isInteger(count) || count % 2 !== 1 || count < 1) {
    throw new RangeError(`normalRule() needs an odd number of nodes, got ${count}.`);
  }
  if (!(step > 0)) throw new RangeError(`normalRule() needs a positive step, got ${step}.`);
  const half = (count - 1) / 2;
  const even = Float64Array.from({ length: count }, (_, a) => (a - half) * step);
  const densities = even.map((t) => Math.exp(-t * t / 2));
  const total = densities.reduce((sum, density) => sum + density, 0);
  const weights = densities.map((density) => density / total);
  const moment = even.reduce((sum, t, a) => sum + weights[a] * t * t, 0);
  return { nodes: count === 1 ? even : even.map((t) => t / Math.sqrt(moment)), weights };
}
