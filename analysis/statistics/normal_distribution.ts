/** The standard normal distribution, with a small relative error however far out. */
import erfc from "@stdlib/math-base-special-erfc";
import erfcinv from "@stdlib/math-base-special-erfcinv";

/**
 * Q(z): the probability that a standard normal exceeds z; Φ(z) is `normalTail(-z)`.
 *
 * @param z where the tail begins
 * @returns a probability; relative error 9e-15 at z = 10 and 4e-14 at 20
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalTail } from "./normal_distribution.ts";
 * assertAlmostEquals(normalTail(1.959963984540054), 0.025, 1e-12);
 * ```
 */
export function normalTail(z: number): number {
  return erfc(z / Math.SQRT2) / 2;
}

/**
 * Φ⁻¹(p): the z below which a standard normal lies with the given probability.
 *
 * @param probability p; for one near 1, where 1 − p has few digits left, take −Φ⁻¹(1 − p)
 * @returns z; ∓Infinity at 0 and 1, NaN outside
 */
export function normalQuantile(probability: number): number {
  return -Math.SQRT2 * erfcinv(2 * probability);
}
