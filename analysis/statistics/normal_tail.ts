/**
 * Q(z): the probability that a standard normal exceeds z, with a small relative error however far out.
 *
 * Beyond 2 the continued fraction of Mills' ratio, Q = φ(z)/(z + 1/(z + 2/(z + 3/…))); nearer the series
 * Φ(z) − ½ = φ(z)(z + z³/3 + z⁵/(3·5) + …). Source: Abramowitz and Stegun 26.2.14 and 26.2.11.
 *
 * @param z where the tail begins
 * @returns a probability, right to ten digits
 *
 * @example
 * ```ts
 * import { assertAlmostEquals } from "@std/assert";
 * import { normalTail } from "./normal_tail.ts";
 * assertAlmostEquals(normalTail(1.959963984540054), 0.025, 1e-12);
 * ```
 */
export function normalTail(z: number): number {
  if (z < 0) return 1 - normalTail(-z);
  const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
  if (z > 2) {
    let fraction = z;
    for (let level = 100; level > 0; level--) fraction = z + level / fraction;
    return density / fraction;
  }
  let term = z;
  let sum = z;
  for (let odd = 3; term > 1e-17 * sum; odd += 2) {
    term *= z * z / odd;
    sum += term;
  }
  return 0.5 - density * sum;
}
