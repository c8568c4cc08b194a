/** Synthetic weights with known clusters, for the tests of the figures. */
import { randomStream } from "../../models/random.ts";
import type { Weights } from "../../models/network/network_weights.ts";

/** Weights whose clusters are known, with the signs that were planted. */
export interface PlantedWeights extends Weights {
  /** S[i, j] ∈ {−1, 0, 1}, feature-major. */
  readonly signs: Int8Array;
}

/** Size and shape of planted weights. */
export interface PlantedOptions {
  features: number;
  hidden: number;
  /** Probability that a feature sits on a neuron. Default 0.01. */
  density?: number;
  /** Standard deviation of every displacement. Default 0.05. */
  spread?: number;
  seed?: number;
}

/** Centre cluster around 0, corners around ±(1.6, 0.35), one sign a neuron. */
export function plantedWeights(
  { features, hidden, density = 0.01, spread = 0.05, seed = 1 }: PlantedOptions,
): PlantedWeights {
  const random = randomStream(seed, "planted");
  const rowSigns = Array.from({ length: hidden }, () => (random.uniform() < 0.5 ? -1 : 1));
  const encoder = new Float32Array(features * hidden);
  const decoder = new Float32Array(features * hidden);
  const signs = new Int8Array(features * hidden);
  for (let index = 0; index < signs.length; index++) {
    const sign = random.uniform() < density ? rowSigns[index % hidden] : 0;
    signs[index] = sign;
    encoder[index] = 1.6 * sign + spread * random.normal();
    decoder[index] = 0.35 * sign + 0.3 * spread * random.normal();
  }
  return { features, hidden, encoder, decoder, signs };
}
