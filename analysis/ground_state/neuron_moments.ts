/** What one neuron of c·S does, given how many of its features are on: averages over the noise. */
import { normalRule } from "../numerics/quadrature.ts";

/** Signs of features that are on and sit on the neuron add up to −2 … 2 when two features are on. */
export const LARGEST_SUM = 2;

/**
 * Averages of φ(z), z = c·s + √v·t with t ~ N(0, 1), for s = −2 … 2 at index s + 2.
 *
 * Two neurons whose noises correlate by R have, given s and s', E φφ' = Σ_n hermite[n][s] hermite'[n][s'] Rⁿ (Mehler's
 * expansion; n = 0 is the product of the means).
 */
export interface NeuronMoments {
  /** E φ(z) He_n(t) / √n!, for n = 0, 1, …; the first are the means. */
  readonly hermite: readonly Float64Array[];
  /** E φ(z)². */
  readonly second: Float64Array;
}

const quadrature = normalRule(0.2);

/**
 * The averages of a neuron that serves a number of features.
 *
 * @param activation φ
 * @param amplitude c
 * @param variance v = σ²c²·(number of features)
 * @param order the last n
 */
export function neuronMoments(
  activation: (z: number) => number,
  amplitude: number,
  variance: number,
  order: number,
): NeuronMoments {
  const length = 2 * LARGEST_SUM + 1;
  const hermite = Array.from({ length: order + 1 }, () => new Float64Array(length));
  const second = new Float64Array(length);
  const spread = Math.sqrt(variance);
  quadrature.nodes.forEach((node, index) => {
    const weight = quadrature.weights[index];
    const polynomials = normalisedHermite(node, order);
    for (let sum = 0; sum < length; sum++) {
      const value = activation(amplitude * (sum - LARGEST_SUM) + spread * node);
      second[sum] += weight * value ** 2;
      for (let n = 0; n <= order; n++) hermite[n][sum] += weight * value * polynomials[n];
    }
  });
  return { hermite, second };
}

/** He_n(t)/√n! for n = 0 … order, by the recursion of the Hermite polynomials. */
function normalisedHermite(t: number, order: number): number[] {
  const values = [1, t];
  for (let n = 1; n < order; n++) {
    values.push((t * values[n] - Math.sqrt(n) * values[n - 1]) / Math.sqrt(n + 1));
  }
  return values.slice(0, order + 1);
}
