/** One-sided networks whose lower-left pairs are known. */
import { neighbourhood } from "../../../analysis/pinning_field/local_theory.ts";
import { type SignMatrix, signMatrix } from "../../../analysis/signs/sign_matrix.ts";
import type { Weights } from "../../../models/network/network_weights.ts";
import { randomStream } from "../../../models/random.ts";

/** Weights, their S, and the pairs that were planted to the lower left. */
export interface PlantedBlobs {
  readonly weights: Weights;
  readonly signs: SignMatrix;
  readonly lowerLeft: Int32Array;
}

/**
 * A cloud at random places, about (2, 0.5), whose features of one neuron lie higher than those of two, and a lower-left blob
 * about (−0.4, −0.1): of the pairs that close a rectangle with the cloud, or of as many at random.
 *
 * @param coupled whether the blob closes rectangles, and a pair of it is the larger the larger those of its rectangle are
 */
export function plantedBlobs(coupled: boolean): PlantedBlobs {
  const [features, hidden] = [96, 48];
  const { normal, integer } = randomStream(5, "planted blobs", String(coupled));
  const entries = new Int8Array(features * hidden);
  for (let feature = 0; feature < features; feature++) {
    for (let edge = 0; edge < 1 + feature % 2; edge++) entries[feature * hidden + integer(hidden)] = 1;
  }
  const signs = signMatrix(features, hidden, entries);
  const encoder = Float32Array.from(entries, () => 0.03 * normal());
  const decoder = Float32Array.from(entries, () => 0.01 * normal());
  const place = (pair: number, x: number, y: number, shift: number) => {
    encoder[pair] += x + shift;
    decoder[pair] += y + 0.25 * shift;
  };
  entries.forEach((sign, pair) => {
    if (sign > 0) {
      place(pair, 2, 0.5, 0.2 * normal() + (signs.featureDegrees[Math.floor(pair / hidden)] === 1 ? 1 : 0));
    }
  });
  const { walks } = neighbourhood(signs);
  const closing = Array.from(walks.keys()).filter((pair) => entries[pair] === 0 && walks[pair] > 0);
  const free = Array.from(walks.keys()).filter((pair) => entries[pair] === 0);
  const lowerLeft = Int32Array.from(coupled ? closing : closing.map(() => free[integer(free.length)]))
    .filter((pair, index, all) => all.indexOf(pair) === index).sort();
  for (const pair of lowerLeft) {
    place(pair, -0.4, -0.1, coupled ? -0.1 * (cornersOf(signs, encoder, pair) - 7.5) : 0.1 * normal());
  }
  return { weights: { features, hidden, encoder, decoder }, signs, lowerLeft };
}

/** The sum of E over the first rectangle that a pair closes. */
function cornersOf(signs: SignMatrix, encoder: Float32Array, pair: number): number {
  const { hidden, entries } = signs;
  const [feature, neuron] = [Math.floor(pair / hidden), pair % hidden];
  for (const other of signs.featuresOf(neuron).indices) {
    for (const across of signs.neuronsOf(feature).indices) {
      if (entries[other * hidden + across] === 0) continue;
      return encoder[other * hidden + neuron] + encoder[feature * hidden + across] + encoder[other * hidden + across];
    }
  }
  return 0;
}
