/** Sign matrices and weights with a known structure, for the analysis to find. */
import { fixedDegreeSigns } from "../../analysis/random_graph/null_models.ts";
import { type SignMatrix, signMatrix } from "../../analysis/signs/sign_matrix.ts";
import type { RandomStream } from "../../models/random.ts";
import type { Weights } from "../../models/network/network_weights.ts";

/** Every feature on `degree` neurons and every neuron on equally many features, otherwise random, signs fair. */
export function regularSigns(features: number, hidden: number, degree: number, random: RandomStream): SignMatrix {
  const entries = new Int8Array(features * hidden);
  for (let feature = 0; feature < features; feature++) {
    for (let turn = 0; turn < degree; turn++) {
      entries[feature * hidden + (feature * degree + turn) % hidden] = random.uniform() < 0.5 ? -1 : 1;
    }
  }
  return fixedDegreeSigns(signMatrix(features, hidden, entries), random, 20);
}

/** Two halves of features and of neurons; an edge within a half is `contrast` times as likely as between them. */
export function blockSigns(
  features: number,
  hidden: number,
  edges: number,
  contrast: number,
  random: RandomStream,
): SignMatrix {
  const entries = new Int8Array(features * hidden);
  for (let left = edges; left > 0;) {
    const feature = random.integer(features);
    const neuron = random.integer(hidden);
    const sameHalf = (feature < features / 2) === (neuron < hidden / 2);
    if (entries[feature * hidden + neuron] !== 0 || (!sameHalf && random.uniform() * contrast > 1)) continue;
    entries[feature * hidden + neuron] = random.uniform() < 0.5 ? -1 : 1;
    left--;
  }
  return signMatrix(features, hidden, entries);
}

/** Multiplies whole columns of S (all signs of a neuron) by random signs: the exact symmetry of an odd network. */
export function flipNeurons({ features, hidden, entries }: SignMatrix, random: RandomStream): SignMatrix {
  const flips = Int8Array.from({ length: hidden }, () => random.uniform() < 0.5 ? -1 : 1);
  return signMatrix(features, hidden, entries.map((sign, entry) => sign * flips[entry % hidden]));
}

/**
 * Weights around a superposed S: a centre whose width differs from feature to feature (a scale mixture, so heavy in
 * the tails), and corners at ±(1.6, 0.4) of two kinds.
 */
export function superposedWeights(signs: SignMatrix, random: RandomStream): Weights {
  const { features, hidden, entries } = signs;
  const encoder = new Float32Array(entries.length);
  const decoder = new Float32Array(entries.length);
  for (let pair = 0, width = 0; pair < entries.length; pair++) {
    if (pair % hidden === 0) width = 0.05 * Math.exp(0.4 * random.normal());
    const along = random.normal();
    if (entries[pair] === 0) {
      encoder[pair] = width * along;
      decoder[pair] = width * (0.1 * along + 0.05 * random.normal());
    } else {
      const kind = random.uniform() < 0.5 ? -1 : 1;
      encoder[pair] = entries[pair] * (1.6 + 0.1 * kind + 0.07 * along);
      decoder[pair] = entries[pair] * (0.4 + 0.03 * kind + 0.02 * along + 0.01 * random.normal());
    }
  }
  return { features, hidden, encoder, decoder };
}
