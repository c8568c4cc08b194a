/** Rectangles of weight pairs: two neurons, two features, and all four pairs of them. */
import type { SignMatrix } from "../signs/sign_matrix.ts";

/** A pair (j, i), i·h + j, and the pairs (j, q), (l, i) and (l, q) of the cloud that it closes a rectangle with. */
export type Rectangle = readonly [pair: number, sameNeuron: number, sameFeature: number, opposite: number];

/** The rectangles that a pair closes with three positive nonzeros of S. */
export function rectanglesClosedBy({ hidden, entries, featuresOf, neuronsOf }: SignMatrix, pair: number): Rectangle[] {
  const [feature, neuron] = [Math.floor(pair / hidden), pair % hidden];
  return Array.from(featuresOf(neuron).indices, (other) => other * hidden + neuron)
    .filter((along) => along !== pair && entries[along] > 0)
    .flatMap((along) =>
      Array.from(neuronsOf(feature).indices, (across): Rectangle => [
        pair,
        along,
        feature * hidden + across,
        along - neuron + across,
      ]).filter(([, , across, opposite]) => across !== pair && entries[across] > 0 && entries[opposite] > 0)
    );
}
